package app.suima.app.platform

import app.suima.app.model.CodeKind
import app.suima.app.model.CodesState
import app.suima.app.model.MaybeTwiceQuestion
import app.suima.app.model.SamplingState
import app.suima.app.model.SealState
import app.suima.app.ui.AppState
import app.suima.app.ui.Screen
import java.time.Instant
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import suima.Said
import suima.SessionView

class NavigationTest {
    private val navigation = Navigation(Screen.CODES)

    @Test
    fun `from every screen of the foot, back is the code, and from the code out of the app`() {
        for (screen in listOf(Screen.FAMILY, Screen.CHALLENGE, Screen.MORE)) {
            navigation.open(screen)
            assertTrue(navigation.back())
            assertEquals(Screen.CODES, navigation.screen)
        }
        assertFalse(navigation.back())
        assertEquals(Screen.CODES, navigation.screen)
    }

    @Test
    fun `back is the way on which the user came`() {
        listOf(Screen.MORE, Screen.STAFF, Screen.SAMPLING, Screen.UPLOAD, Screen.CONFLICTS).forEach(navigation::open)
        val passed = generateSequence { navigation.screen.takeIf { navigation.back() } }.toList()
        assertEquals(listOf(Screen.CONFLICTS, Screen.UPLOAD, Screen.SAMPLING, Screen.STAFF, Screen.MORE), passed)
    }

    @Test
    fun `who goes to a screen on their way has gone back to it`() {
        listOf(Screen.MORE, Screen.STAFF, Screen.SAMPLING, Screen.UPLOAD, Screen.STAFF).forEach(navigation::open)
        assertEquals(listOf(Screen.CODES, Screen.MORE, Screen.STAFF), navigation.way.value)
        navigation.open(Screen.CODES)
        assertEquals(listOf(Screen.CODES), navigation.way.value)
    }

    @Test
    fun `nobody goes back to enrolling once they are enrolled`() {
        val new = Navigation(Screen.ENROL)
        new.replace(Screen.CODES)
        assertFalse(new.back())
        listOf(Screen.MORE, Screen.STAFF, Screen.ENROL_STATION).forEach(new::open)
        new.replace(Screen.SAMPLING)
        assertEquals(listOf(Screen.CODES, Screen.MORE, Screen.STAFF, Screen.SAMPLING), new.way.value)
    }

    @Test
    fun `every screen on which staff work wants a station that is enrolled`() {
        val others = Screen.entries.filter { it.isStaffs && !it.isWork }
        assertEquals(listOf(Screen.STAFF, Screen.ENROL_STATION), others)
        assertTrue(Screen.entries.filter { it.isWork }.all { it.isStaffs })
    }

    @Test
    fun `a live code is kept from screenshots, a nucleic-acid code may be saved`() {
        fun codes(kind: CodeKind) = AppState(Screen.CODES, codes = CodesState(kind = kind))
        assertEquals(Showing.LIVE_CODE, codes(CodeKind.LIVE).showing())
        assertEquals(Showing.STATIC_CODE, codes(CodeKind.NUCLEIC_ACID).showing())
        assertEquals(Showing.ORDINARY, AppState(Screen.SETTINGS).showing())
        assertEquals(Showing.STAFF, AppState(Screen.GATE).showing())
        assertTrue(AppState(Screen.CONSENT).showing().needs.isSecret, "a one-time code is on it")
        assertTrue(AppState(Screen.ADD_RELATIVE).showing().needs.isSecret, "it is typed there")
    }

    @Test
    fun `a scanner is listened to where people are scanned, and not where forms are typed into`() {
        val session = SessionView("site", "staff", Instant.EPOCH)
        assertTrue(AppState(Screen.SAMPLING, sampling = SamplingState(session = session)).takesScanner())
        assertFalse(AppState(Screen.SAMPLING, sampling = SamplingState()).takesScanner(), "site and staff are typed")
        val sealing = SamplingState(session = session, seal = SealState())
        assertFalse(AppState(Screen.SAMPLING, sampling = sealing).takesScanner(), "an explanation is typed")
        val card = SamplingState(session = session, card = "310101198503070025")
        assertFalse(AppState(Screen.SAMPLING, sampling = card).takesScanner(), "the name on it is typed")
        val listening = Screen.entries.filter { AppState(it).takesScanner() }
        assertEquals(listOf(Screen.GATE, Screen.MANUAL_CHECK), listening)
    }

    @Test
    fun `behind a question nobody is registered, and a scanner's Enter answers none`() {
        val tube = SamplingState(session = SessionView("site", "staff", Instant.EPOCH))
        assertTrue(tube.isAtTube)
        val twice = MaybeTwiceQuestion("310101198503070025", "王小明", Said("是同一人吗？", "The same person?"), null)
        for (asked in listOf(tube.copy(barcode = "SH-1"), tube.copy(question = twice))) {
            assertFalse(asked.isAtTube)
            assertTrue(AppState(Screen.SAMPLING, sampling = asked).takesScanner(), "its keys are taken, and dropped")
        }
    }

    @Test
    fun `a build with a root key that is none is noticed at the first start`() {
        assertContentEquals(ByteArray(32) { it.toByte() }, rootKey((0..31).joinToString("") { "%02x".format(it) }))
        for (none in listOf("", "00", "g".repeat(64))) assertFailsWith<IllegalArgumentException> { rootKey(none) }
    }
}
