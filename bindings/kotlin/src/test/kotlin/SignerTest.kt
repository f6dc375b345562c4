import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import suima.CoreException
import suima.Place
import suima.RegenerationOutcome
import suima.Relation
import suima.Signal

/** Phones whose keys are in signing hardware (ESP256), here of `java.security`. */
class SignerTest {
    @ParameterizedTest
    @EnumSource
    fun whateverTheHardwareWritesRequestsAndLiveCodesAreAccepted(shape: P256Signer.Shape) = inACity { city ->
        val signer = P256Signer(shape)
        val phone = city.enrolledPhone(signer = signer)
        val child = phone.family().single { it.relation == Relation.CHILD }.slot
        phone.hold(child)
        assertEquals(RegenerationOutcome.MADE, phone.regenerate(phone.warning(child).confirm).outcome)
        phone.refresh()
        assertTrue(signer.signed.get() > 0)

        val gate = city.station("gate")
        gate.enrol(city.stationActivation("一号闸机"))
        gate.sync()
        repeat(4) { assertTrue(gate.check(phone.showLive(phone.me).text, Place.GATE).accepted) }
        assertEquals(Signal.ADMIT, gate.gate(phone.showLive(phone.me).text).signal)
        assertTrue(gate.check(phone.showLive(child).text, Place.SAMPLING).accepted)
    }

    @Test
    fun thePhoneIsOpenedAgainWithTheKeysThatAreInTheHardware() = inACity { city ->
        val signer = P256Signer()
        city.enrolledPhone(signer = signer).shutDown()
        val keys = signer.size
        val again = city.phone(signer = signer)
        again.refresh()
        assertTrue(again.showLive(again.me).text.startsWith("SM1:"))
        assertEquals(keys, signer.size)
    }

    @ParameterizedTest
    @EnumSource(names = ["UNAVAILABLE", "THROWING"])
    fun hardwareThatIsNotReadyOrThrowsWipesNothing(mood: P256Signer.Mood) = inACity { city ->
        val signer = P256Signer()
        val phone = city.enrolledPhone(signer = signer)
        val slot = phone.me
        val code = phone.showNucleicAcid(slot).text
        signer.mood = mood
        assertFailsWith<CoreException.TryAgain> { phone.showLive(slot) }
        assertFailsWith<CoreException.TryAgain> { phone.refresh() }
        // What needs no signature is shown all the same.
        assertEquals(code, phone.showNucleicAcid(slot).text)
        signer.mood = P256Signer.Mood.READY
        assertTrue(phone.showLive(slot).text.startsWith("SM1:"))
        phone.refresh()
    }

    @Test
    fun hardwareWhoseKeysAreGoneForGoodLeavesAPhoneThatSaysSoAndEnrolsAgain() = inACity { city ->
        val signer = P256Signer()
        val phone = city.enrolledPhone(signer = signer)
        val slot = phone.me
        signer.mood = P256Signer.Mood.GONE
        assertFailsWith<CoreException.NotEnrolled> { phone.showLive(slot) }
        signer.mood = P256Signer.Mood.READY
        assertFalse(phone.status().enrolled)
        phone.enrol(city.activation(City.MOTHER))
        assertTrue(phone.showLive(slot).text.startsWith("SM1:"))
    }
}
