package app.suima.app.model

import City
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import suima.Keystore
import suima.KeystoreException

/** Enrolling, by the screen. */
class EnrolModelTest {
    @Test
    fun `enrolling asks first what it ends, and declined it enrols nothing`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother")
            phone.begin()
            assertFalse(phone.enrol.shown.enrolled)
            assertEquals(Remedy.ENROL, assertNotNull(phone.codes.shown.absent).remedy)
            phone.enrol.type(city.activation(City.MOTHER))
            phone.enrol.enrol()
            assertNotNull(phone.enrol.shown.question)
            phone.enrol.cancel()
            assertNull(phone.enrol.shown.question)
            phone.enrol.agree()
            assertFalse(phone.enrol.shown.busy)
            assertFalse(phone.wallet.status().enrolled)

            phone.enrol.enrol()
            settle()
            phone.enrol.agree()
            assertTrue(phone.enrol.shown.busy)
            val enrolled = phone.enrol.shows { it.enrolled && !it.busy }
            assertEquals("", enrolled.code)
            val codes = phone.codes.shows { it.live != null }
            assertEquals("王小明", codes.person?.name)
            assertNull(codes.absent)
        }
    }

    @Test
    fun `a wrong activation code is refused in the core's words, and can be typed again`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother")
            phone.begin()
            val right = city.activation(City.MOTHER)
            phone.enrol.type(right.reversed())
            phone.enrol.enrol()
            settle()
            phone.enrol.agree()
            val refused = phone.enrol.shows { !it.busy && it.banners.isNotEmpty() }
            assertEquals(BannerKind.PROBLEM, refused.banners.single().kind)
            assertEquals(right.reversed(), refused.code)
            phone.enrol.type(right)
            phone.enrol.enrol()
            settle()
            phone.enrol.agree()
            assertTrue(phone.enrol.shows { it.enrolled }.banners.isEmpty())
        }
    }

    @Test
    fun `with no network enrolling says so and waits for nothing`() = with(Stage()) {
        use {
            val phone = Phone(this, "mother")
            phone.begin()
            val code = city.activation(City.MOTHER)
            city.close()
            phone.enrol.type(code)
            phone.enrol.enrol()
            settle()
            phone.enrol.agree()
            val offline = phone.enrol.shows { !it.busy && it.banners.isNotEmpty() }.banners.single()
            assertEquals(BannerKind.OFFLINE to Remedy.GO_ONLINE, offline.kind to offline.remedy)
        }
    }

    @Test
    fun `a newer phone ends the earlier one, which then says to enrol and shows no code`() = with(Stage()) {
        use {
            val earlier = Phone(this, "earlier").enrolAs(City.MOTHER)
            Phone(this, "newer").enrolAs(City.MOTHER)
            earlier.codes.refresh()
            val ended = earlier.codes.shows { it.absent?.remedy == Remedy.ENROL }
            assertNull(ended.live)
            assertTrue(ended.people.isEmpty())
            assertFalse(earlier.enrol.shows { !it.enrolled }.busy)
        }
    }

    @Test
    fun `a phone whose key is gone for good is emptied and says so`() = with(Stage()) {
        use {
            Phone(this, "mother").enrolAs(City.MOTHER).kill()
            val restored = Phone(this, "mother", NewKeystore())
            restored.begin()
            assertContains(restored.enrol.shown.banners.map { it.said }, Words.WIPED.said)
            assertEquals(Remedy.ENROL, restored.codes.shown.absent?.remedy)
        }
    }

    /** That of a phone onto which a backup of another one was restored: it knows no key but its own. */
    private class NewKeystore : Keystore {
        private var own: ByteArray? = null

        override fun seal(key: ByteArray): ByteArray = key.also { own = it }

        override fun unseal(sealed: ByteArray): ByteArray {
            if (!sealed.contentEquals(own)) throw KeystoreException.Gone()
            return sealed
        }
    }

    @Test
    fun `a station is enrolled without a question`() = with(Stage()) {
        use {
            val staff = Staff(this, "一号采样点")
            staff.life.start()
            assertEquals(Remedy.ENROL, staff.life.shows { it.trouble != null && !it.fetching }.trouble?.remedy)
            staff.enrol.type(city.stationActivation("一号采样点"))
            staff.enrol.enrol()
            assertNull(staff.enrol.shown.question)
            staff.enrol.shows { it.enrolled }
            assertEquals("一号采样点", staff.sampling.shows { it.status?.name != null }.status?.name)
        }
    }
}
