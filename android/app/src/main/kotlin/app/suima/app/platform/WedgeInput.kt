package app.suima.app.platform

import android.view.KeyEvent

/**
 * Takes what a hand scanner types that poses as a keyboard, also one that is built into the phone. The core puts the
 * characters together.
 *
 * @param onCharacter takes each character
 */
class WedgeInput(private val onCharacter: (Char) -> Unit) {
    /**
     * Whether keys are a scanner's. False where the screen is a form, into which one also scans.
     */
    var isListening: Boolean = false

    /** Takes a key, before any button sees it: the Enter of a scanner must press none. Whether it was taken. */
    fun take(event: KeyEvent): Boolean {
        if (!isListening || event.flags and KeyEvent.FLAG_SOFT_KEYBOARD != 0) return false
        @Suppress("DEPRECATION") // Some scanners' drivers send whole texts so.
        if (event.action == KeyEvent.ACTION_MULTIPLE && event.keyCode == KeyEvent.KEYCODE_UNKNOWN) {
            val typed = event.characters ?: return false
            typed.forEach(onCharacter)
            return true
        }
        val character = typedCharacter(event.keyCode, event.unicodeChar) ?: return false
        // A key held down repeats itself, which no scanner means.
        if (event.action == KeyEvent.ACTION_DOWN && event.repeatCount == 0) onCharacter(character)
        return true
    }
}

/**
 * The character that a key types; none for keys that type none.
 *
 * @param unicode as [KeyEvent.getUnicodeChar] gives it
 */
internal fun typedCharacter(keyCode: Int, unicode: Int): Char? = when (keyCode) {
    KeyEvent.KEYCODE_ENTER, KeyEvent.KEYCODE_NUMPAD_ENTER -> '\n'
    KeyEvent.KEYCODE_TAB -> '\t'
    // Below are control characters, above an accent that waits for its letter or what no scanner types.
    else -> if (unicode in 0x20..0xffff && unicode != 0x7f) unicode.toChar() else null
}
