package app.suima.app.model

import City
import SilentServer
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds
import org.junit.jupiter.api.Test
import suima.Colour
import suima.ConfirmOutcome
import suima.Finding
import suima.Signal

/** A gate and a staff member at a door, by the screens. */
class DoorModelTest {
    @Test
    fun `a gate opens once for a live code, and shows a verdict only while that person stands there`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            val gate = Staff(this, "一号闸机").enrolled()
            val code = assertNotNull(mother.codes.shown.live).text
            gate.door.scan(code)
            val admitted = assertNotNull(gate.door.shown.verdict)
            assertIs<Finding.Accepted>(admitted.view.finding)
            assertEquals(Colour.GREEN, admitted.view.colour)
            pass(2.seconds)
            gate.door.scan(code)
            val again = assertNotNull(gate.door.shown.verdict)
            assertEquals("shown-before", assertIs<Finding.Refused>(again.view.finding).reason.id)
            assertTrue(again.number > admitted.number)
            assertContentEquals(listOf(Signal.ADMIT, Signal.REFUSE), gate.signals.given)
            pass(6.seconds)
            assertNull(gate.door.shown.verdict)
        }
    }

    @Test
    fun `a nucleic-acid code opens no gate, and neither does what is no code`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            val gate = Staff(this, "一号闸机").enrolled()
            mother.codes.show(CodeKind.NUCLEIC_ACID)
            gate.door.scan(assertNotNull(mother.codes.shown.nucleicAcid).text)
            val refused = assertNotNull(gate.door.shown.verdict).view
            assertEquals("wrong-place", assertIs<Finding.Refused>(refused.finding).reason.id)
            gate.door.scan("https://example.org/")
            assertIs<Finding.Refused>(assertNotNull(gate.door.shown.verdict).view.finding)
            assertContentEquals(listOf(Signal.REFUSE, Signal.REFUSE), gate.signals.given)
        }
    }

    @Test
    fun `a question about a card that nobody answers ends when the next person steps up`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            Staff(this, "一号闸机").enrolled().kill()
            SilentServer().use { silent ->
                val gate = Staff(this, "一号闸机", silent.address)
                gate.life.start()
                gate.door.scan(City.FATHER)
                assertTrue(gate.door.shown.busy)
                gate.door.scan(assertNotNull(mother.codes.shown.live).text)
                val next = gate.door.shown
                assertFalse(next.busy)
                assertIs<Finding.Accepted>(next.verdict?.view?.finding)
                silent.close()
                gate.life.shows { it.trouble != null }
                assertContentEquals(listOf(Signal.ADMIT), gate.signals.given, "of the code alone")
                assertEquals(next.verdict, gate.door.shown.verdict)
            }
        }
    }

    @Test
    fun `an ID card at a gate is asked about, and a mistyped number opens nothing`() = with(Stage()) {
        use {
            val gate = Staff(this, "一号闸机").enrolled()
            gate.door.scan(City.FATHER)
            assertTrue(gate.door.shown.busy)
            val answered = gate.door.shows { it.verdict != null && !it.busy }
            assertIs<Finding.Match>(answered.verdict?.view?.finding)
            assertContentEquals(listOf(Signal.ADMIT), gate.signals.given)
            gate.door.scan("310101198503070020")
            val mistyped = gate.door.shows { it.banners.isNotEmpty() && !it.busy }
            assertNull(mistyped.verdict)
            assertEquals(Signal.ATTENTION, gate.signals.given.last())
        }
    }

    @Test
    fun `a paper code at a door wants the ID card, which is compared and looked up`() = with(Stage()) {
        use {
            val paper = paperOfTheChild()
            val door = Staff(this, "门岗").enrolled()
            door.sampling.openSession("社区门口", "工号 7")
            door.door.stand(DoorPlace.MANUAL_CHECK)
            door.door.scan(paper)
            val wants = door.door.shown
            assertIs<Finding.NeedsIdCard>(wants.verdict?.view?.finding)
            assertTrue(wants.wantsCard)
            assertEquals(Signal.ATTENTION, door.signals.given.last())
            pass(10.seconds)
            assertTrue(door.door.shown.wantsCard, "a person takes their time to find the card")
            door.door.scan(City.CHILD)
            assertEquals(City.CHILD, door.door.shown.card)
            door.door.idCard(City.CHILD, "王朵朵")
            val match = door.door.shows { it.verdict?.view?.finding is Finding.Match && !it.busy }
            assertEquals(Signal.ADMIT, door.signals.given.last())
            assertFalse(match.wantsCard)
            assertNull(match.card)

            door.door.next()
            assertNull(door.door.shown.verdict)
            door.door.scan(paper)
            settle()
            door.door.idCard(City.MOTHER, "王小明")
            door.door.shows { it.verdict?.view?.finding is Finding.NoMatch && !it.busy }
            assertTrue(door.signals.given.last() != Signal.ADMIT)
        }
    }

    @Test
    fun `with the network cut a gate decides still, and knows nothing of a card`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            val gate = Staff(this, "一号闸机").enrolled()
            city.close()
            gate.door.sync()
            val cut = gate.door.shows { it.banners.isNotEmpty() && !it.syncing }
            assertEquals(BannerKind.OFFLINE, cut.banners.single().kind)
            gate.door.scan(assertNotNull(mother.codes.shown.live).text)
            assertIs<Finding.Accepted>(gate.door.shown.verdict?.view?.finding)
            gate.door.scan(City.MOTHER)
            gate.door.shows { it.verdict?.view?.finding is Finding.StatusUnknown }
            assertContentEquals(listOf(Signal.ADMIT, Signal.ATTENTION), gate.signals.given)
        }
    }

    /** Applied for at the portal by the mother, and printed. */
    private fun Stage.paperOfTheChild(): String {
        val mother = Phone(this, "mother").enrolAs(City.MOTHER)
        val child = mother.family.shown.canHold.single().slot
        mother.family.hold(child)
        mother.codes.shows { it.people.size == 2 && !it.refreshing }
        val portal = Portal(city.address)
        portal.logIn()
        confirmed(mother, portal.code)
        portal.applyForPaper(child)
        confirmed(mother, portal.code)
        return portal.print()
    }

    private fun Stage.confirmed(phone: Phone, code: String) {
        phone.challenge.scan(code)
        phone.challenge.shows { it.asked != null && !it.busy }
        phone.challenge.agree()
        phone.challenge.shows { it.outcome?.outcome == ConfirmOutcome.DONE && !it.busy }
        phone.life.shows { !it.fetching }
    }
}
