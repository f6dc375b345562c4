import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Test
import suima.ClockState
import suima.CoreException
import suima.Finding
import suima.Place
import suima.RegenerationOutcome
import suima.RegistrationOutcome
import suima.Relation
import suima.SavedOutcome
import suima.Signal
import suima.Station
import suima.Wallet

/** The path of a family and a sampling station, through the shared library, against a real issuer over HTTP. */
class JourneyTest {
    private val log = KeepingLog()

    private fun phone(city: City, name: String, clock: MachineClock = MachineClock()) =
        Wallet.open(city.config(name), MaskKeystore(), clock, log)

    @Test
    fun enrolShowRegenerateHoldCloseOpenShowOffline() = runBlocking {
        val city = City()
        val mother = phone(city, "mother")
        assertFalse(mother.status().enrolled)
        assertFailsWith<CoreException.NotEnrolled> { mother.family() }
        mother.enrol(city.activation(City.MOTHER))
        mother.refresh()
        val self = mother.family().first()
        assertEquals(Relation.ONESELF, self.relation)
        assertEquals("王小明", self.name)

        val station = Station.open(city.config("station"), MaskKeystore(), MachineClock(), log)
        station.enrol(city.stationActivation("一号采样点"))
        assertTrue(station.sync().current)
        station.openSession("人民广场", "工号 12")
        station.openTube("TUBE0001", 10u)

        val live = mother.showLive(self.slot)
        assertTrue(station.check(live.text, Place.GATE).accepted)
        val first = mother.showNucleicAcid(self.slot)
        assertEquals(RegistrationOutcome.REGISTERED, station.register(first.text).outcome)
        assertEquals("wrong-place", station.check(first.text, Place.GATE).reason?.id)

        val warning = mother.warning(self.slot)
        assertEquals(first.made, assertNotNull(warning.voids))
        val regenerated = mother.regenerate(warning.confirm)
        assertEquals(RegenerationOutcome.MADE, regenerated.outcome)
        val second = mother.showNucleicAcid(self.slot)
        assertNotEquals(first.text, second.text)
        assertEquals(SavedOutcome.REPLACED, mother.checkSaved(first.text).outcome)
        assertEquals(SavedOutcome.CURRENT, mother.checkSaved(second.text).outcome)
        assertTrue(station.sync().current)
        assertEquals("replaced", station.check(first.text, Place.SAMPLING).reason?.id)
        assertEquals(RegistrationOutcome.ALREADY_IN_TUBE, station.register(second.text).outcome)

        val child = mother.family().single { it.relation == Relation.CHILD }
        assertFalse(child.held)
        mother.hold(child.slot)
        mother.refresh()
        assertEquals(RegistrationOutcome.REGISTERED, station.register(mother.showLive(child.slot).text).outcome)

        val father = phone(city, "father")
        father.enrol(city.activation(City.FATHER))
        father.hold(child.slot)
        father.refresh()
        father.regenerate(father.warning(child.slot).confirm)
        val news = mother.refresh().news.single()
        assertEquals("𠅤大山", news.by)

        assertEquals(0u, station.upload().waiting)
        station.seal(2u, null)
        assertEquals(0u, station.upload().waiting)
        assertTrue(station.status().conflicts.isEmpty())
        assertEquals("人民广场", station.session()?.site)

        mother.shutDown()
        assertFailsWith<CoreException.NotOpen> { mother.family() }
        city.close()
        val reopened = phone(city, "mother")
        assertFalse(reopened.wasWiped())
        assertFailsWith<CoreException.GoOnline> { reopened.refresh() }
        assertEquals(second.text, reopened.showNucleicAcid(self.slot).text)
        assertTrue(station.check(reopened.showLive(self.slot).text, Place.SAMPLING).accepted)
        assertTrue(station.check(reopened.showLive(child.slot).text, Place.SAMPLING).accepted)
        assertTrue(station.check(reopened.showNucleicAcid(child.slot).text, Place.SAMPLING).accepted)
        assertTrue(reopened.savedPicture(child.slot).size > 100)

        val said = log.lines.joinToString("\n")
        listOf("王小明", "王朵朵", City.MOTHER, City.CHILD).forEach { assertFalse(it in said, "logged: $it") }
    }

    @Test
    fun aGateOpensOnceForAProofAndAsksAboutIdCards() = runBlocking {
        City().use { city ->
            val mother = phone(city, "mother")
            mother.enrol(city.activation(City.MOTHER))
            mother.refresh()
            val gate = Station.open(city.config("gate"), MaskKeystore(), MachineClock(), log)
            gate.enrol(city.stationActivation("一号闸机"))
            assertTrue(gate.sync().current)

            val live = mother.showLive(mother.family().first().slot).text
            assertEquals(Signal.ADMIT, gate.gate(live).signal)
            val again = gate.gate(live)
            assertEquals(Signal.REFUSE, again.signal)
            assertEquals("shown-before", assertIs<Finding.Refused>(again.finding).reason.id)

            assertTrue(assertIs<Finding.Match>(gate.gateIdCard(City.MOTHER).finding).admitted)
            assertFailsWith<CoreException.Refused> { gate.gateIdCard("310101198503070020") }
            city.close()
            val unknown = gate.gateIdCard(City.MOTHER)
            assertEquals(Signal.ATTENTION, unknown.signal)
            assertEquals(Finding.StatusUnknown(null, null), unknown.finding)
        }
    }

    @Test
    fun anAdultConsentsOnTheirOwnPhoneAndEndsIt() = runBlocking {
        City().use { city ->
            val (mother, father) = phone(city, "mother") to phone(city, "father")
            mother.enrol(city.activation(City.MOTHER))
            father.enrol(city.activation(City.FATHER))
            mother.ask(City.FATHER, "𠅤大山")
            father.refresh()
            val ask = father.asks().single()
            assertEquals("王小明", ask.by)
            val code = assertNotNull(father.answer(ask.id, true))

            val slot = mother.redeem(code.digits)
            assertEquals(Relation.RELATIVE, mother.family().single { it.slot == slot }.relation)
            mother.showLive(slot)

            father.refresh()
            val holder = father.holders(slot).single()
            assertEquals("王小明", holder.name)
            assertTrue("王小明" in father.endWarning(slot, holder.holding).zh)
            father.endHolding(slot, holder.holding)
            assertTrue(father.holders(slot).isEmpty())
            mother.refresh()
            assertTrue(mother.family().none { it.slot == slot })
        }
    }

    @Test
    fun aWrongClockIsToldAndNotObeyed() = runBlocking {
        City().use { city ->
            val phone = phone(city, "mother", MachineClock(ahead = 7200))
            phone.enrol(city.activation(City.MOTHER))
            val clock = phone.status().clock
            assertTrue(clock is ClockState.Wrong && clock.bySeconds in 7190..7210, "$clock")
            val station = Station.open(city.config("station"), MaskKeystore(), MachineClock(), log)
            station.enrol(city.stationActivation("门岗"))
            station.sync()
            val slot = phone.family().first().slot
            assertTrue(station.check(phone.showLive(slot).text, Place.GATE).accepted)
        }
    }

    @Test
    fun aKeystoreThatIsNotReadyWipesNothing() = runBlocking {
        City().use { city ->
            val keystore = MaskKeystore()
            val phone = Wallet.open(city.config("mother"), keystore, MachineClock(), log)
            phone.enrol(city.activation(City.MOTHER))
            phone.shutDown()
            keystore.mood = MaskKeystore.Mood.UNAVAILABLE
            assertFailsWith<CoreException.TryAgain> {
                Wallet.open(city.config("mother"), keystore, MachineClock(), log)
            }
            keystore.mood = MaskKeystore.Mood.READY
            val again = Wallet.open(city.config("mother"), keystore, MachineClock(), log)
            assertFalse(again.wasWiped())
            assertTrue(again.status().enrolled)
        }
    }
}
