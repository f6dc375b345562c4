package app.suima.app.model

import City
import P256Signer
import SilentServer
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import org.junit.jupiter.api.Test
import suima.NewsKind
import suima.Place
import suima.RegenerationOutcome
import suima.Relation
import suima.SavedOutcome

/** Codes, by the screen. */
class CodesModelTest {
    @Test
    fun `the live code is drawn anew every few seconds, and is the one that stations take`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            val staff = Staff(this, "门岗").enrolled()
            val first = assertNotNull(phone.codes.shown.live)
            assertEquals(textOf(first.svg), first.text)
            pass(9.seconds)
            assertEquals(first.text, phone.codes.shown.live?.text)
            pass(2.seconds)
            val second = assertNotNull(phone.codes.shown.live)
            assertNotEquals(first.text, second.text)
            assertTrue(staff.station.check(second.text, Place.MANUAL_CHECK).accepted)
        }
    }

    @Test
    fun `with the network cut the codes stay, are drawn anew, and say so`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            val before = assertNotNull(phone.codes.shown.live)
            city.close()
            phone.codes.refresh()
            assertNotNull(phone.codes.shown.live, "a refresh hides nothing")
            val cut = phone.codes.shows { it.banners.any { banner -> banner.kind == BannerKind.OFFLINE } }
            assertEquals(Remedy.GO_ONLINE, cut.banners.first().remedy)
            assertNull(cut.absent)
            assertFalse(cut.refreshing)
            pass(11.seconds)
            assertNotEquals(before.text, assertNotNull(phone.codes.shown.live).text)
            phone.codes.show(CodeKind.NUCLEIC_ACID)
            val static = phone.codes.shown
            assertNotNull(static.nucleicAcid)
            assertNull(static.live)
            assertEquals(BannerKind.OFFLINE, static.banners.first().kind)
        }
    }

    @Test
    fun `a code that cannot be drawn anew stays, and why stands beside it`() = with(Stage()) {
        use {
            val hardware = P256Signer()
            val phone = Phone(this, "mother", signer = hardware).enrolAs(City.MOTHER)
            val before = assertNotNull(phone.codes.shown.live)
            hardware.mood = P256Signer.Mood.UNAVAILABLE
            pass(11.seconds)
            val stale = phone.codes.shown
            assertEquals(before.text, stale.live?.text)
            assertEquals(BannerKind.PROBLEM to Remedy.TRY_AGAIN, stale.banners.first().let { it.kind to it.remedy })
            hardware.mood = P256Signer.Mood.READY
            pass(3.seconds)
            val anew = phone.codes.shown
            assertNotEquals(before.text, anew.live?.text)
            assertTrue(anew.banners.none { it.kind == BannerKind.PROBLEM })
        }
    }

    @Test
    fun `an app that was killed shows its codes again with no network`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            phone.codes.show(CodeKind.NUCLEIC_ACID)
            val kept = assertNotNull(phone.codes.shown.nucleicAcid).text
            phone.kill()
            city.close()
            val again = Phone(this, "mother")
            again.life.start()
            val first = again.codes.shown
            assertNotNull(first.live, "shown before the network was waited for")
            again.codes.show(CodeKind.NUCLEIC_ACID)
            assertEquals(kept, again.codes.shown.nucleicAcid?.text)
        }
    }

    @Test
    fun `a paused app draws nothing and goes on at once when it comes back`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            val before = assertNotNull(phone.codes.shown.live)
            city.close()
            phone.life.pause()
            pass(5.minutes)
            val paused = phone.codes.shown
            assertEquals(before.text, paused.live?.text)
            assertNull(paused.absent)
            phone.life.resume()
            assertNotEquals(before.text, assertNotNull(phone.codes.shown.live).text)
            val back = phone.codes.shows { it.banners.isNotEmpty() && !it.refreshing }
            assertTrue(back.banners.none { it.kind == BannerKind.PROBLEM })
            phone.life.stop()
            assertNull(phone.codes.shown.absent)
        }
    }

    @Test
    fun `what has changed is fetched by the schedule`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            val before = phone.life.shown.edition
            // Three quarters of an hour at the least, five quarters at the most.
            pass(44.minutes)
            assertEquals(before, phone.life.shown.edition)
            pass(32.minutes)
            phone.life.shows { it.edition > before && !it.fetching }
            assertNull(phone.life.shown.trouble)
        }
    }

    @Test
    fun `whose code it is stands beside it, and a swipe never shows one person's code under another's name`() =
        with(Stage()) {
            use {
                val phone = Phone(this, "mother").enrolAs(City.MOTHER)
                val child = phone.family.shown.canHold.single()
                phone.family.hold(child.slot)
                phone.codes.shows { it.people.size == 2 && !it.refreshing }
                phone.codes.show(child.slot)
                val shown = phone.codes.shown
                assertEquals("王朵朵" to Relation.CHILD, shown.person?.let { it.name to it.relation })
                assertEquals(child.slot, shown.live?.slot)
                assertEquals(1, shown.index)
                phone.codes.show(CodeKind.NUCLEIC_ACID)
                assertEquals(child.slot, phone.codes.shown.nucleicAcid?.slot)
                phone.codes.show(shown.people.first().slot)
                val own = phone.codes.shown
                assertEquals(Relation.ONESELF, own.person?.relation)
                assertEquals(own.slot, own.nucleicAcid?.slot)
            }
        }

    @Test
    fun `regenerating asks, names what is voided, and declined it voids nothing`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            phone.codes.show(CodeKind.NUCLEIC_ACID)
            val first = assertNotNull(phone.codes.shown.nucleicAcid)
            phone.codes.askToRegenerate()
            val question = assertNotNull(phone.codes.shown.question)
            assertEquals("王小明" to Relation.ONESELF, question.name to question.relation)
            assertEquals(first.made, question.warning.voids)
            assertNull(question.again)
            phone.codes.decline()
            assertNull(phone.codes.shown.question)
            phone.codes.agree()
            assertFalse(phone.codes.shown.regenerating, "what was declined cannot be agreed to")
            phone.codes.refresh()
            phone.codes.shows { !it.refreshing }
            assertEquals(first.text, phone.codes.shown.nucleicAcid?.text)

            phone.codes.askToRegenerate()
            settle()
            phone.codes.agree()
            val waiting = phone.codes.shown
            assertTrue(waiting.regenerating)
            assertNotNull(waiting.nucleicAcid, "the code stays on the screen")
            val done = phone.codes.shows { it.outcome != null && !it.regenerating }
            assertEquals(RegenerationOutcome.MADE, done.outcome?.outcome)
            assertNotEquals(first.text, phone.codes.shown.nucleicAcid?.text)
            phone.codes.dismissOutcome()
            assertNull(phone.codes.shown.outcome)
        }
    }

    @Test
    fun `a phone that was behind is asked again, and nothing was voided until then`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            val father = Phone(this, "father").enrolAs(City.FATHER)
            val child = mother.family.shown.canHold.single().slot
            for (parent in listOf(mother, father)) {
                parent.family.hold(child)
                parent.codes.shows { it.people.size == 2 && !it.refreshing }
                parent.codes.show(child)
                parent.codes.show(CodeKind.NUCLEIC_ACID)
                parent.codes.shows { it.nucleicAcid?.slot == child }
            }
            father.codes.askToRegenerate()
            settle()
            father.codes.agree()
            father.codes.shows { it.outcome?.outcome == RegenerationOutcome.MADE }
            val his = assertNotNull(father.codes.shown.nucleicAcid).text

            mother.codes.askToRegenerate()
            settle()
            mother.codes.agree()
            val again = assertNotNull(mother.codes.shows { it.question != null }.question)
            assertTrue("𠅤大山" in assertNotNull(again.again).zh)
            assertEquals("𠅤大山", again.warning.voids?.by)
            assertNull(mother.codes.shows { !it.regenerating }.outcome)
            assertEquals(his, mother.codes.shown.nucleicAcid?.text)

            mother.codes.agree()
            mother.codes.shows { it.outcome?.outcome == RegenerationOutcome.MADE }
            father.codes.refresh()
            val news = father.codes.shows { it.news.isNotEmpty() }.news.single()
            assertEquals(NewsKind.REGENERATED to "王小明", news.kind to news.by)
            father.codes.dismissNews()
            assertTrue(father.codes.shown.news.isEmpty())
        }
    }

    @Test
    fun `a saved picture is checked, before and after it was replaced`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            phone.codes.savePicture()
            assertEquals(Words.SAVED.said, phone.codes.shown.banners.first().said)
            val picture = textOf(phone.album.pictures.single())
            phone.codes.dismissBanner()
            assertTrue(phone.codes.shown.banners.none { it.kind == BannerKind.DONE })
            phone.codes.check(picture)
            assertEquals(SavedOutcome.CURRENT, phone.codes.shown.checked?.outcome)
            phone.codes.askToRegenerate()
            settle()
            phone.codes.agree()
            phone.codes.shows { it.outcome != null && !it.regenerating }
            phone.codes.check(picture)
            assertEquals(SavedOutcome.REPLACED, phone.codes.shown.checked?.outcome)
            phone.codes.dismissChecked()
            assertNull(phone.codes.shown.checked)
            phone.codes.check(null)
            assertEquals(Words.NO_CODE_IN_PICTURE.said, phone.codes.shown.banners.first().said)

            phone.album.full = true
            phone.codes.savePicture()
            assertEquals(Words.NOT_SAVED.said, phone.codes.shown.banners.first().said)
            assertContentEquals(listOf(picture), phone.album.pictures.map(::textOf))
        }
    }

    @Test
    fun `an app that was killed while a regeneration waited says that it is in doubt, and then what became of it`() =
        with(Stage()) {
            use {
                Phone(this, "mother").enrolAs(City.MOTHER).kill()
                SilentServer().use { silent ->
                    val waiting = Phone(this, "mother", at = silent.address)
                    waiting.life.start()
                    asked(silent)
                    waiting.codes.show(CodeKind.NUCLEIC_ACID)
                    waiting.codes.askToRegenerate()
                    settle()
                    waiting.codes.agree()
                    asked(silent)
                    val shown = waiting.codes.shown
                    assertTrue(shown.regenerating)
                    assertNotNull(shown.nucleicAcid, "the code stays while the answer is waited for")
                    waiting.kill()
                }
                val again = Phone(this, "mother")
                again.codes.show(CodeKind.NUCLEIC_ACID)
                again.life.start()
                val resolved = again.codes.shows { it.banners.any { banner -> banner.kind == BannerKind.DONE } }
                assertNull(resolved.nucleicAcid?.inDoubtSince)
                again.codes.dismissBanner()
                assertTrue(again.codes.shown.banners.none { it.kind == BannerKind.DONE })
            }
        }

    @Test
    fun `an app that goes to the background during a refresh comes back with its codes and no complaint`() =
        with(Stage()) {
            use {
                Phone(this, "mother").enrolAs(City.MOTHER).kill()
                SilentServer().use { silent ->
                    val phone = Phone(this, "mother", at = silent.address)
                    phone.life.start()
                    asked(silent)
                    phone.codes.refresh()
                    phone.family.ask(City.FATHER, "𠅤大山")
                    asked(silent)
                    phone.life.pause()
                    val paused = phone.life.shown
                    assertFalse(paused.open || paused.fetching)
                    phone.life.resume()
                    val back = phone.codes.shown
                    assertNotNull(back.live)
                    assertTrue(back.banners.none { it.kind == BannerKind.PROBLEM })
                    phone.family.cancel()
                    assertTrue(phone.family.shown.banners.isEmpty())
                }
            }
        }

    @Test
    fun `what a refresh brought while nobody looked is on the screen when the app comes back`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            val child = phone.family.shown.canHold.single().slot
            phone.family.hold(child)
            phone.codes.shows { it.people.size == 2 && !it.refreshing }
            phone.life.pause()
            settle()
            val father = Phone(this, "father").enrolAs(City.FATHER)
            father.family.hold(child)
            father.codes.shows { it.people.size == 2 && !it.refreshing }
            father.codes.show(child)
            father.codes.shows { it.live?.slot == child }
            father.codes.askToRegenerate()
            settle()
            father.codes.agree()
            father.codes.shows { it.outcome != null && !it.regenerating }

            phone.wallet.resume()
            val refresh = phone.life.refresh()
            phone.life.shows { refresh.isCompleted }
            phone.wallet.pause()
            assertFalse(phone.life.shown.open)
            city.close()
            phone.life.resume()
            assertTrue(phone.codes.shown.news.any { it.kind == NewsKind.REGENERATED && it.by == "𠅤大山" })

            // The app is killed before anybody has read it, and is opened with no network.
            phone.life.stop()
            settle()
            val again = Phone(this, "mother")
            again.life.start()
            assertTrue(again.codes.shows { it.news.isNotEmpty() }.news.any { it.by == "𠅤大山" })
            again.codes.dismissNews()
            assertTrue(again.codes.shown.news.isEmpty())
            again.life.stop()
            settle()
            val last = Phone(this, "mother")
            last.life.start()
            last.codes.shows { it.slot != null && it.live != null }
            assertTrue(last.codes.shown.news.isEmpty(), "it was read")
        }
    }

    @Test
    fun `with the network cut a regeneration voids nothing, says so, and leaves the code`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother").enrolAs(City.MOTHER)
            phone.codes.show(CodeKind.NUCLEIC_ACID)
            val code = assertNotNull(phone.codes.shown.nucleicAcid).text
            city.close()
            phone.codes.askToRegenerate()
            settle()
            phone.codes.agree()
            val cut = phone.codes.shows { !it.regenerating && it.banners.isNotEmpty() }
            assertEquals(BannerKind.OFFLINE, cut.banners.first().kind)
            assertEquals(code, phone.codes.shown.nucleicAcid?.text)
        }
    }
}
