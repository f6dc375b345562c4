package app.suima.app.model

import City
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import suima.AskedAct
import suima.AskingPlace
import suima.ConfirmOutcome

/** What a portal asks, by the screen. */
class ChallengeModelTest {
    @Test
    fun `a log-in is compared, asked, and agreed to on the phone`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            val portal = Portal(city.address)
            portal.logIn()
            phone.challenge.scan(portal.code)
            assertTrue(phone.challenge.shown.busy)
            val asked = assertNotNull(phone.challenge.shows { it.asked != null && !it.busy }.asked)
            assertEquals(portal.check, asked.check)
            assertEquals(AskingPlace.PORTAL, asked.place)
            assertIs<AskedAct.LogIn>(asked.act)
            portal.look()
            assertFalse(portal.loggedIn, "scanning alone grants nothing")
            phone.challenge.agree()
            val done = phone.challenge.shows { it.outcome != null && !it.busy }
            assertEquals(ConfirmOutcome.DONE, done.outcome?.outcome)
            assertNull(done.asked)
            portal.look()
            assertTrue(portal.loggedIn)
            phone.challenge.dismiss()
            assertNull(phone.challenge.shown.outcome)
        }
    }

    @Test
    fun `declined, nothing is done and the portal says so`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            val portal = Portal(city.address)
            portal.logIn()
            phone.challenge.scan(portal.code)
            phone.challenge.shows { it.asked != null && !it.busy }
            phone.challenge.decline()
            val declined = phone.challenge.shows { it.outcome != null && !it.busy }
            assertEquals(ConfirmOutcome.DECLINED, declined.outcome?.outcome)
            portal.look()
            assertFalse(portal.loggedIn)
        }
    }

    @Test
    fun `a paper code that is applied for waits on the phone, and is known there once agreed to`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            val child = phone.family.shown.canHold.single().slot
            phone.family.hold(child)
            phone.codes.shows { it.people.size == 2 && !it.refreshing }
            phone.paper.show(child)
            val before = assertNotNull(phone.paper.shown.paper)
            assertEquals(child to null, before.slot to before.current)

            val portal = Portal(city.address)
            portal.logIn()
            phone.challenge.scan(portal.code)
            phone.challenge.shows { it.asked != null && !it.busy }
            phone.challenge.agree()
            phone.challenge.shows { it.outcome?.outcome == ConfirmOutcome.DONE && !it.busy }
            phone.life.shows { !it.fetching }
            portal.applyForPaper(child)
            phone.codes.refresh()
            val waiting = phone.challenge.shows { it.waiting.isNotEmpty() }.waiting.single()
            assertTrue(phone.paper.shows { it.reminders.isNotEmpty() }.banners.none { it.kind == BannerKind.PROBLEM })
            phone.challenge.open(waiting.id)
            assertTrue("王朵朵" in assertNotNull(phone.challenge.shown.asked).question.zh)
            phone.challenge.agree()
            phone.challenge.shows { it.outcome?.outcome == ConfirmOutcome.DONE && !it.busy }
            val made = assertNotNull(phone.paper.shows { it.paper?.current != null }.paper)
            assertEquals("王小明", made.current?.by)
            assertTrue(phone.challenge.shows { it.waiting.isEmpty() }.banners.isEmpty())
        }
    }

    @Test
    fun `what is no challenge is said to be none, and one that is left stays unanswered`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            phone.challenge.scan("https://example.org")
            val other = phone.challenge.shows { it.banners.isNotEmpty() && !it.busy }
            assertEquals("not-a-challenge", other.banners.single().id)
            val portal = Portal(city.address)
            portal.logIn()
            phone.challenge.scan(portal.code)
            phone.challenge.shows { it.asked != null && !it.busy }
            phone.challenge.leave()
            assertNull(phone.challenge.shown.asked)
            phone.challenge.agree()
            assertFalse(phone.challenge.shown.busy, "what is not asked cannot be agreed to")
        }
    }
}
