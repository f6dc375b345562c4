package app.suima.app.platform

import android.view.Window
import android.view.WindowManager.LayoutParams

/** What a screen shows, as far as the window has to know. */
enum class Showing {
    /** Nothing that needs anything. */
    ORDINARY,

    /** A live code, or a one-time code: what only its user should see. */
    LIVE_CODE,

    /** A code that may be kept as a picture. */
    STATIC_CODE,

    /** What is typed about others. */
    PRIVATE,

    /** The work of staff: scanning, with both hands full, of people whose numbers are nobody else's. */
    STAFF,
}

/**
 * What a window must be.
 *
 * @property isSecret neither screenshots nor recordings, and no picture among the recent apps
 * @property isBright as bright as the screen goes: readers see dark codes badly
 * @property isAwake does not go dark by itself
 */
internal data class WindowNeeds(val isSecret: Boolean, val isBright: Boolean, val isAwake: Boolean)

internal val Showing.needs: WindowNeeds
    get() = when (this) {
        Showing.ORDINARY -> WindowNeeds(isSecret = false, isBright = false, isAwake = false)
        Showing.LIVE_CODE -> WindowNeeds(isSecret = true, isBright = true, isAwake = true)
        Showing.STATIC_CODE -> WindowNeeds(isSecret = false, isBright = true, isAwake = true)
        Showing.PRIVATE -> WindowNeeds(isSecret = true, isBright = false, isAwake = false)
        Showing.STAFF -> WindowNeeds(isSecret = true, isBright = false, isAwake = true)
    }

/** The window of the app, made fit for what it shows. */
class CodeWindow(private val window: Window) {
    /** Makes it fit; before what is shown is drawn. */
    fun show(showing: Showing) {
        val needs = showing.needs
        flag(LayoutParams.FLAG_SECURE, needs.isSecret)
        flag(LayoutParams.FLAG_KEEP_SCREEN_ON, needs.isAwake)
        val brightness =
            if (needs.isBright) LayoutParams.BRIGHTNESS_OVERRIDE_FULL else LayoutParams.BRIGHTNESS_OVERRIDE_NONE
        window.attributes = window.attributes.apply { screenBrightness = brightness }
    }

    private fun flag(flag: Int, on: Boolean) = window.setFlags(if (on) flag else 0, flag)
}
