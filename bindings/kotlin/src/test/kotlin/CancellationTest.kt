import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.supervisorScope
import org.junit.jupiter.api.Test
import suima.CancelHandle
import suima.CoreException
import suima.RegenerationOutcome
import suima.ResolvedOutcome
import suima.SavedOutcome
import suima.cancellable
import suima.trouble

/** Calls that are cancelled, and wallets that are closed, while something is under way. */
class CancellationTest {
    private fun inACity(test: suspend (City, SilentServer) -> Unit) = runBlocking {
        City().use { city -> SilentServer().use { server -> test(city, server) } }
    }

    @Test
    fun aCallEndsAtOnceWhenItsHandleIsCancelledAndSaysSo() = inACity { city, server ->
        val phone = city.phone(at = server.address)
        supervisorScope {
            CancelHandle().use { handle ->
                val enrolling = async { phone.enrol(city.activation(City.MOTHER), handle) }
                val connection = server.somebodyAsked()
                handle.cancel()
                val cancelled = assertFailsWith<CoreException.Cancelled> { enrolling.await() }
                assertEquals("cancelled", cancelled.trouble.id)
                assertTrue(cancelled.trouble.said.zh.isNotBlank() && cancelled.trouble.said.en.isNotBlank())
                SilentServer.awaitEnd(connection)
                // A handle that was used ends what it is given later, too.
                assertFailsWith<CoreException.Cancelled> { phone.enrol(city.activation(City.MOTHER), handle) }
            }
        }
        phone.shutDown()
        city.enrolledPhone().shutDown()
    }

    @Test
    fun aCoroutineThatIsCancelledEndsItsCallInTheCore() = inACity { city, server ->
        city.enrolledPhone().shutDown()
        val phone = city.phone(at = server.address)
        supervisorScope {
            val refreshing = async { cancellable { handle -> phone.refresh(handle) } }
            val connection = server.somebodyAsked()
            refreshing.cancelAndJoin()
            SilentServer.awaitEnd(connection)
        }
        assertTrue(phone.showLive(phone.me).text.startsWith("SM1:"))
    }

    @Test
    fun aRegenerationThatIsCancelledIsInDoubtUntilTheNextRefresh() = inACity { city, server ->
        city.enrolledPhone().shutDown()
        val phone = city.phone(at = server.address)
        val slot = phone.me
        val shown = phone.showNucleicAcid(slot).text
        supervisorScope {
            val regenerating = async { cancellable { phone.regenerate(phone.warning(slot).confirm, it) } }
            server.somebodyAsked()
            regenerating.cancelAndJoin()
        }
        assertEquals(listOf(slot), phone.status().inDoubt)
        assertTrue(phone.showNucleicAcid(slot).inDoubtSince != null)
        phone.shutDown()

        val again = city.phone()
        assertEquals(listOf(slot), again.status().inDoubt)
        assertEquals(ResolvedOutcome.MADE, again.refresh().resolved.single().outcome)
        assertTrue(again.status().inDoubt.isEmpty())
        assertEquals(SavedOutcome.REPLACED, again.checkSaved(shown).outcome)
    }

    @Test
    fun aRegenerationThatNobodyWaitsForRunsToItsEndAndVoidsNothingTwice() = inACity { city, _ ->
        val phone = city.enrolledPhone()
        val confirm = phone.warning(phone.me).confirm
        supervisorScope {
            val regenerating = async(start = kotlinx.coroutines.CoroutineStart.UNDISPATCHED) { phone.regenerate(confirm) }
            regenerating.cancelAndJoin()
        }
        // Nobody waits for it: it is done when the issuer knows of a second code.
        while (phone.history(phone.me).size < 2) {
            phone.refresh()
        }
        val code = phone.showNucleicAcid(phone.me)
        // Confirmed once, done once: by now it would void another code than the one that was named.
        val second = phone.regenerate(confirm)
        assertEquals(RegenerationOutcome.BEHIND, second.outcome)
        assertEquals(code.text, phone.showNucleicAcid(phone.me).text)
        assertEquals(SavedOutcome.CURRENT, phone.checkSaved(code.text).outcome)
    }

    @Test
    fun aWalletCanBeClosedWhileItWaitsForAnAnswerAndOpenedAgain() = inACity { city, server ->
        city.enrolledPhone().shutDown()
        val waiting = city.phone(at = server.address)
        val slot = waiting.me
        supervisorScope {
            val refreshing = async { waiting.refresh() }
            val connection = server.somebodyAsked()
            waiting.shutDown()
            assertFailsWith<CoreException.NotOpen> { waiting.showLive(slot) }
            val again = city.phone()
            assertTrue(again.showLive(slot).text.startsWith("SM1:"))
            again.refresh()
            connection.use { }
            // It learns that the wallet is closed, or that the network is gone: never an answer.
            assertFailsWith<CoreException> { refreshing.await() }
        }
    }

    @Test
    fun aStationCanBeClosedWhileItUploadsAndLosesNothing() = inACity { city, server ->
        val station = city.samplingStation()
        val phone = city.enrolledPhone()
        val entry = station.register(phone.showLive(phone.me).text).entry
        station.shutDown()
        val uploading = city.station(at = server.address)
        supervisorScope {
            val upload = async { uploading.upload() }
            server.somebodyAsked().use { uploading.shutDown() }
            assertFailsWith<CoreException> { upload.await() }
        }
        val again = city.station()
        assertEquals(entry, again.tube()?.seats?.single()?.entry)
        // The session, the tube, and who is in it.
        assertEquals(3u, again.upload().acknowledged)
    }
}
