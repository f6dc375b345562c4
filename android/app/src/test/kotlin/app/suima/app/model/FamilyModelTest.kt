package app.suima.app.model

import City
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import suima.KeptKind
import suima.NewsKind
import suima.Relation
import suima.SavedOutcome

/** The family, by the screens. */
class FamilyModelTest {
    @Test
    fun `a child is held at once, and both parents see who else holds it`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            val child = mother.family.shown.canHold.single()
            assertEquals(Relation.CHILD, child.relation)
            mother.family.hold(child.slot)
            assertTrue(mother.family.shown.busy)
            val held = mother.family.shows { it.added != null && !it.busy }
            assertEquals("王朵朵", held.added?.name)
            assertTrue(mother.family.shows { it.canHold.isEmpty() }.people.all { it.held })
            mother.family.dismiss()
            assertNull(mother.family.shown.added)

            val father = Phone(this, "father").enrolAs(City.FATHER)
            father.family.openHolders(child.slot)
            val holders = assertNotNull(father.family.shown.holders)
            assertEquals("王小明", holders.holders.single().name)
            assertTrue(holders.history.isEmpty(), "that is told to those who hold it")
            father.family.hold(child.slot)
            val history = father.family.shows { it.holders?.history?.isNotEmpty() == true && !it.busy }.holders?.history
            assertEquals("王小明", history?.single()?.by)
            father.family.closeHolders()
            assertNull(father.family.shown.holders)
        }
    }

    @Test
    fun `an adult is asked, agrees, and tells a code by which they are held`() = with(Stage()) {
        use {
            val (mother, father) = held()
            val added = assertNotNull(mother.family.shown.added)
            assertEquals("𠅤大山" to Relation.RELATIVE, added.name to added.relation)
            mother.codes.shows { it.people.size == 2 && !it.refreshing }
            mother.codes.show(added.slot)
            assertEquals(added.slot, mother.codes.shows { it.live?.slot == added.slot }.person?.slot)
            father.codes.refresh()
            val news = father.codes.shows { it.news.isNotEmpty() }.news.single()
            assertEquals(NewsKind.HELD_BY to "王小明", news.kind to news.by)
        }
    }

    @Test
    fun `whoever declines is not held, and nobody is told why`() = with(Stage()) {
        use {
            val (mother, father) = asked()
            father.family.answer(father.family.shown.asks.single().id, false)
            assertTrue(father.family.shows { it.asks.isEmpty() && !it.busy }.banners.isEmpty())
            mother.family.redeem("12345678")
            val refused = mother.family.shows { it.banners.isNotEmpty() && !it.busy }
            assertNull(refused.added)
            assertEquals(BannerKind.PROBLEM, refused.banners.single().kind)
            mother.family.dismiss()
            assertTrue(mother.family.shown.banners.isEmpty())
            assertNull(mother.family.shown.sent)
        }
    }

    @Test
    fun `ending a holding is asked first, and offers what the other may have kept`() = with(Stage()) {
        use {
            val (mother, father) = held()
            val slot = assertNotNull(mother.family.shown.added).slot
            mother.codes.shows { it.people.size == 2 && !it.refreshing }
            mother.codes.show(slot)
            mother.codes.shows { it.live?.slot == slot }
            mother.codes.savePicture()
            settle()
            val picture = textOf(mother.album.pictures.single())
            father.codes.refresh()
            father.codes.shows { !it.refreshing }
            father.family.openHolders(slot)
            val holder = assertNotNull(father.family.shows { it.holders?.holders?.size == 1 }.holders).holders.single()
            father.family.askToEnd(holder)
            assertTrue("王小明" in assertNotNull(father.family.shown.question).said.zh)
            father.family.decline()
            assertNull(father.family.shown.question)
            father.family.agree()
            assertFalse(father.family.shown.busy, "what was declined cannot be agreed to")

            father.family.askToEnd(holder)
            settle()
            father.family.agree()
            val ended = assertNotNull(father.family.shows { it.ended != null && !it.busy }.ended)
            assertEquals(KeptKind.NUCLEIC_ACID, ended.offers.single().kind)
            assertTrue(assertNotNull(father.family.shown.holders).holders.isEmpty())
            father.codes.check(picture)
            assertEquals(SavedOutcome.CURRENT, father.codes.shown.checked?.outcome, "ending voids no picture")

            val offer = ended.offers.single()
            father.family.regenerate(offer)
            val mended = father.family.shows { it.outcome != null && !it.busy }
            assertTrue(assertNotNull(mended.ended).offers.isEmpty())
            father.codes.check(picture)
            assertEquals(SavedOutcome.REPLACED, father.codes.shown.checked?.outcome)
            father.family.dismissEnded()
            assertNull(father.family.shown.ended)

            mother.codes.refresh()
            assertTrue(mother.codes.shows { it.people.size == 1 }.news.isNotEmpty())
            assertEquals(Relation.ONESELF, mother.codes.shown.person?.relation, "the code of the other is gone")
        }
    }

    @Test
    fun `with no network asking says so, and a call that is waited for no longer leaves the screen free`() =
        with(Stage()) {
            use {
                val mother = Phone(this, "mother").enrolAs(City.MOTHER)
                mother.family.ask(City.FATHER, "𠅤大山")
                assertTrue(mother.family.shown.busy)
                mother.family.cancel()
                assertFalse(mother.family.shown.busy)
                assertNull(mother.family.shown.sent)
                assertTrue(mother.family.shown.banners.isEmpty())
                city.close()
                mother.family.ask(City.FATHER, "𠅤大山")
                val offline = mother.family.shows { it.banners.isNotEmpty() && !it.busy }
                assertEquals(Remedy.GO_ONLINE, offline.banners.single().remedy)
            }
        }

    private fun Stage.asked(): Pair<Phone, Phone> {
        val mother = Phone(this, "mother").enrolAs(City.MOTHER)
        val father = Phone(this, "father").enrolAs(City.FATHER)
        mother.family.ask(City.FATHER, "𠅤大山")
        assertEquals("𠅤大山", mother.family.shows { it.sent != null && !it.busy }.sent?.name)
        father.codes.refresh()
        val ask = father.family.shows { it.asks.isNotEmpty() }.asks.single()
        assertEquals("王小明", ask.by)
        assertNull(ask.code)
        return mother to father
    }

    private fun Stage.held(): Pair<Phone, Phone> {
        val (mother, father) = asked()
        father.family.answer(father.family.shown.asks.single().id, true)
        val code = assertNotNull(father.family.shows { it.asks.singleOrNull()?.code != null }.asks.single().code)
        mother.family.redeem(code.digits)
        mother.family.shows { it.added != null && !it.busy }
        return mother to father
    }
}
