import java.util.Locale
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import suima.ClockState
import suima.CoreException
import suima.Said
import suima.Station
import suima.text
import suima.trouble

/** Ports that do not answer, answer nonsense, or throw what they did not declare. */
class PortsTest {
    @ParameterizedTest
    @EnumSource(names = ["UNAVAILABLE", "THROWING", "SILENT"])
    fun aKeystoreThatIsNotReadyThrowsOrAnswersNonsenseWipesNothing(mood: MaskKeystore.Mood) = inACity { city ->
        val keystore = MaskKeystore()
        val phone = city.enrolledPhone(keystore)
        val slot = phone.me
        phone.shutDown()
        keystore.mood = mood
        assertEquals(
            "keystore-unavailable",
            assertFailsWith<CoreException.TryAgain> { city.phone(keystore = keystore) }.trouble.id,
        )
        keystore.mood = MaskKeystore.Mood.READY
        val again = city.phone(keystore = keystore)
        assertFalse(again.wasWiped())
        assertTrue(again.showLive(slot).text.startsWith("SM1:"))
    }

    @Test
    fun aKeystoreWhoseKeyIsGoneForGoodLeavesAnEmptyWalletThatSaysSoAndEnrolsAgain() = inACity { city ->
        val keystore = MaskKeystore()
        city.enrolledPhone(keystore).shutDown()
        keystore.forget()
        val wiped = city.phone(keystore = keystore)
        assertTrue(wiped.wasWiped())
        assertFalse(wiped.status().enrolled)
        wiped.enrol(city.activation(City.MOTHER))
        assertEquals("王小明", wiped.family().first().name)
    }

    @Test
    fun aStationWhoseKeyIsGoneForGoodKeepsItsJournal() = inACity { city ->
        city.samplingStation().shutDown()
        val keystore = MaskKeystore()
        val log = KeepingLog()
        keystore.forget()
        assertFailsWith<CoreException.JournalLost> {
            Station.open(city.config("station"), keystore, MachineClock(), log)
        }
        assertEquals("TUBE0001", city.station().tube()?.barcode)
    }

    @Test
    fun aClockThatThrowsIsToldAsWrongAndTheWalletGoesOn() = inACity { city ->
        val clock = BreakableClock()
        val phone = city.enrolledPhone(clock = clock)
        clock.broken = true
        assertNotEquals(ClockState.Right, phone.status().clock)
        assertTrue(phone.showLive(phone.me).text.startsWith("SM1:"))
    }

    @Test
    fun aLogThatThrowsStopsNothing() = inACity { city ->
        assertEquals("王小明", city.enrolledPhone(log = ThrowingLog()).family().first().name)
    }

    @Test
    fun anErrorSaysWhatToDoInTheLanguageOfTheScreen() = inACity { city ->
        val trouble = assertFailsWith<CoreException.NotEnrolled> { city.phone().family() }.trouble
        assertEquals("not-enrolled", trouble.id)
        assertTrue(trouble.detail.isNotBlank())
        assertNotEquals(trouble.said.zh, trouble.said.en)
        assertEquals(trouble.said.zh, trouble.said.text(Locale.SIMPLIFIED_CHINESE))
        assertEquals(trouble.said.en, trouble.said.text(Locale.UK))
        assertEquals("在", Said("在", "here").text(Locale.forLanguageTag("zh-Hans-CN")))
        // There is nothing in between: whoever reads neither gets what more people can read.
        assertEquals("here", Said("在", "here").text(Locale.FRANCE))
    }
}
