package app.suima.app.platform

import City
import KeepingLog
import MachineClock
import MaskKeystore
import SilentServer
import app.suima.app.model.Work
import kotlin.test.AfterTest
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import suima.CoreException
import suima.Relation
import suima.Wallet

/** What the app does while nobody looks, with a real wallet and a real issuer. */
class CitizenTest {
    private val city = City()
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val keystore = MaskKeystore()
    private val wallet = Wallet.open(city.config("phone"), keystore, MachineClock(), KeepingLog())

    @AfterTest
    fun close() {
        scope.cancel()
        wallet.shutDown()
        city.close()
    }

    @Test
    fun `a refresh that nobody sees brings what a refresh brings, and gives the file up again`() {
        val citizen = enrolled()
        val unseen = assertNotNull(runBlocking { citizen.refreshUnseen() })
        assertFailsWith<CoreException.NotOpen> { wallet.family() }
        runBlocking { citizen.appear() }
        assertNotNull(wallet.showNucleicAcid(wallet.family().first().slot), "made ahead by the refresh")
        assertEquals(wallet.reminders(), unseen.reminders)
    }

    @Test
    fun `of what somebody else did the user is notified once, though nobody has read it`() {
        val citizen = enrolled()
        Wallet.open(city.config("father"), MaskKeystore(), MachineClock(), KeepingLog()).use { father ->
            runBlocking {
                citizen.appear()
                father.enrol(city.activation(City.FATHER))
                val child = father.family().single { it.relation == Relation.CHILD }.slot
                for (parent in listOf(father, wallet)) {
                    parent.hold(child)
                    parent.refresh()
                }
                citizen.disappear()
                father.regenerate(father.warning(child).confirm)
                for (news in listOf(1, 0)) assertEquals(news, assertNotNull(citizen.refreshUnseen()).news.size)
                citizen.appear()
            }
            assertEquals("𠅤大山", wallet.unreadNews().news.single().by)
        }
    }

    @Test
    fun `without a network it did not come about, and what is known stays`() {
        val citizen = enrolled()
        assertNotNull(runBlocking { citizen.refreshUnseen() })
        city.close()
        assertNull(runBlocking { citizen.refreshUnseen() })
        runBlocking { citizen.appear() }
        assertNotNull(wallet.showLive(wallet.family().first().slot))
    }

    @Test
    fun `a phone that is not enrolled has nothing to say, and is not tried again and again`() {
        assertEquals(Unseen(emptyList(), emptyList()), runBlocking { citizen().refreshUnseen() })
    }

    @Test
    fun `an app at the front is left alone`() = runBlocking {
        val citizen = enrolled()
        citizen.appear()
        assertEquals(Unseen(emptyList(), null), citizen.refreshUnseen(), "its reminders stay as they are")
        assertNotNull(wallet.family())
        citizen.disappear()
        assertFailsWith<CoreException.NotOpen> { wallet.family() }
        Unit
    }

    @Test
    fun `a refresh that the system stops gives the file up`() {
        enrolled()
        wallet.shutDown()
        SilentServer().use { silent ->
            val waiting = Wallet.open(city.config("phone", silent.address), keystore, MachineClock(), KeepingLog())
            val citizen = citizen(waiting)
            runBlocking {
                val refresh = async(Dispatchers.Default) { citizen.refreshUnseen() }
                silent.somebodyAsked()
                refresh.cancelAndJoin()
            }
            assertFailsWith<CoreException.NotOpen> { waiting.family() }
            assertNull(citizen.life.state.value.trouble)
            waiting.shutDown()
        }
    }

    @Test
    fun `a wallet that was closed for good fails nobody in the background`() {
        val citizen = enrolled()
        wallet.shutDown()
        assertNull(runBlocking { citizen.refreshUnseen() })
    }

    @Test
    fun `whoever opens the app in the midst of a refresh that nobody saw has their code`() = runBlocking {
        val citizen = enrolled()
        repeat(10) {
            val refresh = async(Dispatchers.Default) { citizen.refreshUnseen() }
            val opening = launch(Dispatchers.Default) { citizen.appear() }
            opening.join()
            refresh.await()
            assertNotNull(wallet.showLive(wallet.family().first().slot))
            citizen.disappear()
        }
    }

    private fun enrolled(): Citizen {
        runBlocking {
            wallet.enrol(city.activation(City.MOTHER))
            wallet.refresh()
        }
        return citizen()
    }

    private fun citizen(wallet: Wallet = this.wallet) = Citizen(wallet, Work(scope)) { _, _ -> error("nothing is saved here") }
}
