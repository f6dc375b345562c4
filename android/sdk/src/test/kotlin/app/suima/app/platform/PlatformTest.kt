package app.suima.app.platform

import android.view.KeyEvent
import app.suima.app.model.Language
import java.time.Duration
import java.util.Locale
import kotlin.random.Random
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue
import suima.Signal

class PlatformTest {
    @Test
    fun `a scanner's keys are the characters of a code, and Enter ends it`() {
        for (character in Frames.code("static-codes.json")) {
            assertEquals(character, typedCharacter(KeyEvent.KEYCODE_UNKNOWN, character.code))
        }
        assertEquals('\n', typedCharacter(KeyEvent.KEYCODE_ENTER, 0))
        assertEquals('\n', typedCharacter(KeyEvent.KEYCODE_NUMPAD_ENTER, '\n'.code))
        assertEquals('\t', typedCharacter(KeyEvent.KEYCODE_TAB, '\t'.code))
    }

    @Test
    fun `what an input method makes of a key reaches the core as it is`() {
        for (character in "：％￥。、") assertEquals(character, typedCharacter(KeyEvent.KEYCODE_UNKNOWN, character.code))
    }

    @Test
    fun `keys that type nothing are left to the system`() {
        for (key in listOf(KeyEvent.KEYCODE_VOLUME_UP, KeyEvent.KEYCODE_BACK, KeyEvent.KEYCODE_SHIFT_LEFT)) {
            assertNull(typedCharacter(key, 0))
        }
        assertNull(typedCharacter(KeyEvent.KEYCODE_DEL, 0x7f))
        // An accent that waits for its letter has the highest bit set.
        assertNull(typedCharacter(KeyEvent.KEYCODE_E, 0x80000000.toInt() or 0xb4))
        assertNull(typedCharacter(KeyEvent.KEYCODE_UNKNOWN, 0x1f600))
    }

    @Test
    fun `everything but what may be kept is kept from screenshots, and every code is bright`() {
        val open = Showing.entries.filterNot { it.needs.isSecret }
        assertEquals(listOf(Showing.ORDINARY, Showing.STATIC_CODE), open)
        val bright = Showing.entries.filter { it.needs.isBright }
        assertEquals(listOf(Showing.LIVE_CODE, Showing.STATIC_CODE), bright)
        assertTrue((bright + Showing.STAFF).all { it.needs.isAwake })
        assertEquals(WindowNeeds(isSecret = false, isBright = false, isAwake = false), Showing.ORDINARY.needs)
    }

    @Test
    fun `verdicts sound and feel different from each other`() {
        val patterns = Signal.entries.map { it.pattern }
        assertEquals(patterns.size, patterns.distinctBy { it.tone }.size)
        assertEquals(patterns.size, patterns.distinctBy { it.vibration.filterIndexed { at, _ -> at % 2 == 1 } }.size)
        assertNotEquals(Signal.ADMIT.pattern.toneMs, Signal.REFUSE.pattern.toneMs)
    }

    @Test
    fun `phones that were woken at once refresh at different times, some times a day`() {
        val random = Random(7)
        val waits = List(1000) { wait(random) }
        assertTrue(waits.all { it >= Duration.ofHours(4) && it <= Duration.ofHours(8) })
        val perTenMinutes = waits.groupingBy { it.toMinutes() / 10 }.eachCount()
        assertTrue(perTenMinutes.values.max() < 100, "spread evenly: $perTenMinutes")
        assertTrue(List(100) { backoff(random) }.all { it in Duration.ofMinutes(5)..Duration.ofMinutes(15) })
    }

    @Test
    fun `files in the album have names that every phone takes`() {
        assertEquals("suima-2026-12-21.png", fileName("suima-2026-12-21.png"))
        assertEquals("核酸码 李雷.png", fileName("核酸码 李雷"))
        assertEquals("etcpasswd.png", fileName("../../etc/passwd"))
        assertEquals("suima.png", fileName("/:*?"))
        assertEquals(84, fileName("x".repeat(300)).length)
    }

    @Test
    fun `an intent that names nothing leads to the live code`() {
        assertEquals(Destination.LIVE_CODE, Destination.of("android.intent.action.MAIN"))
        assertEquals(Destination.LIVE_CODE, Destination.of(null))
        for (destination in Destination.entries) assertEquals(destination, Destination.of(destination.action))
    }

    @Test
    fun `a new phone speaks Chinese unless it was set to another language`() {
        assertEquals(Language.ZH, languageOf(Locale.SIMPLIFIED_CHINESE))
        assertEquals(Language.ZH, languageOf(Locale.TRADITIONAL_CHINESE))
        assertEquals(Language.EN, languageOf(Locale.FRANCE))
    }

    @Test
    fun `what the system says for the app is there in both languages`() {
        for (words in PlatformWords.entries) {
            assertTrue(words.text(Language.ZH).any { it in '\u4e00'..'\u9fff' }, "$words")
            assertTrue(words.text(Language.EN).none { it in '\u4e00'..'\u9fff' }, "$words")
        }
    }
}
