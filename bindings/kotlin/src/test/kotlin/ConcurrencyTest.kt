import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import org.junit.jupiter.api.Test
import suima.RegenerationOutcome
import suima.RegistrationOutcome
import suima.SavedOutcome
import suima.Signal

/** One wallet and one station, used by many coroutines on many threads. */
class ConcurrencyTest {
    private suspend fun <T> manyTimes(count: Int, act: suspend (Int) -> T): List<T> = coroutineScope {
        (0 until count).map { async(Dispatchers.IO) { act(it) } }.awaitAll()
    }

    @Test
    fun manyScreensReadWhileTheWalletRefreshes() = inACity { city ->
        val phone = city.enrolledPhone()
        val slot = phone.me
        val seen = manyTimes(200) { turn ->
            when (turn % 5) {
                0 -> phone.refresh().news.size
                1 -> phone.showLive(slot).slot
                2 -> phone.showNucleicAcid(slot).slot
                3 -> phone.family().first().slot
                else -> phone.status().inDoubt.size
            }
        }
        assertEquals(200, seen.size)
        assertEquals(listOf(slot), phone.family().filter { it.held }.map { it.slot })
    }

    @Test
    fun ofManyWhoAgreeToOneWarningExactlyOneVoidsACode() = inACity { city ->
        val phone = city.enrolledPhone()
        val confirm = phone.warning(phone.me).confirm
        val outcomes = manyTimes(8) { phone.regenerate(confirm).outcome }
        phone.refresh()
        val made = phone.history(phone.me)
        assertEquals(2, made.size, "$outcomes")
        assertTrue(RegenerationOutcome.MADE in outcomes, "$outcomes")
        val text = phone.showNucleicAcid(phone.me).text
        assertEquals(SavedOutcome.CURRENT, phone.checkSaved(text).outcome)
    }

    @Test
    fun aCodeThatIsScannedByManyAtOnceTakesOneSeat() = inACity { city ->
        val phone = city.enrolledPhone()
        val station = city.samplingStation()
        val code = phone.showNucleicAcid(phone.me).text
        val outcomes = manyTimes(32) { station.register(code).outcome }
        assertEquals(1, outcomes.count { it == RegistrationOutcome.REGISTERED })
        assertEquals(31, outcomes.count { it == RegistrationOutcome.ALREADY_IN_TUBE })
        assertEquals(1, station.tube()?.seats?.size)
        val uploads = manyTimes(4) { station.upload().waiting }
        assertTrue(uploads.all { it == 0u })
    }

    @Test
    fun aProofThatIsShownToAGateManyTimesAtOnceOpensItOnce() = inACity { city ->
        val phone = city.enrolledPhone()
        val gate = city.station("gate")
        gate.enrol(city.stationActivation("一号闸机"))
        gate.sync()
        val proof = phone.showLive(phone.me).text
        val signals = manyTimes(32) { gate.gate(proof).signal }
        assertEquals(1, signals.count { it == Signal.ADMIT }, "$signals")
    }
}
