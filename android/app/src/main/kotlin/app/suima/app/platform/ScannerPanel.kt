package app.suima.app.platform

import android.Manifest
import android.content.Context
import android.content.pm.PackageManager
import android.graphics.Color
import android.view.Gravity
import android.view.View
import android.widget.Button
import android.widget.FrameLayout
import android.widget.LinearLayout
import android.widget.TextView
import app.suima.app.model.Language
import app.suima.app.model.Words

/**
 * The camera's picture with what belongs to it: its light, and why there is no picture.
 *
 * @param onText takes each text that was read
 * @param onAllow asks the user to allow the camera
 */
class ScannerPanel(
    context: Context,
    wanted: Wanted,
    private val language: Language,
    onText: (String) -> Unit,
    private val onAllow: () -> Unit,
) : FrameLayout(context) {
    private val scanner = ScannerView(context, wanted, onText, ::say)
    private var trouble: ScannerTrouble? = null

    private val message = TextView(context).apply {
        setTextColor(Color.WHITE)
        textSize = 18f
        gravity = Gravity.CENTER
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    }
    private val remedy = Button(context).apply { setOnClickListener { mend() } }
    private val light = Button(context).apply { setOnClickListener { switchLight() } }

    init {
        setBackgroundColor(Color.BLACK)
        addView(scanner, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.MATCH_PARENT))
        val column = LinearLayout(context).apply {
            orientation = LinearLayout.VERTICAL
            gravity = Gravity.CENTER_HORIZONTAL
            addView(message)
            addView(remedy, wrapping())
        }
        addView(column, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT, Gravity.CENTER))
        addView(light, LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT, Gravity.BOTTOM or Gravity.END))
        draw()
    }

    /** The user comes back from the question whether the camera is allowed, or from the settings. */
    override fun onWindowFocusChanged(hasWindowFocus: Boolean) {
        super.onWindowFocusChanged(hasWindowFocus)
        val allowed =
            context.checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED
        if (hasWindowFocus && trouble == ScannerTrouble.NOT_ALLOWED && allowed) retry()
    }

    private fun say(what: ScannerTrouble) {
        trouble = what
        draw()
    }

    private fun mend() = if (trouble == ScannerTrouble.NOT_ALLOWED) onAllow() else retry()

    private fun retry() {
        trouble = null
        draw()
        scanner.retry()
    }

    private fun switchLight() {
        scanner.torch = !scanner.torch
        draw()
    }

    private fun draw() {
        message.text = when (trouble) {
            ScannerTrouble.NOT_ALLOWED -> PlatformWords.WHY_CAMERA
            ScannerTrouble.NO_CAMERA -> PlatformWords.NO_CAMERA
            ScannerTrouble.BUSY -> PlatformWords.CAMERA_BUSY
            null -> null
        }?.text(language)
        message.visibility = if (trouble == null) GONE else VISIBLE
        val allow = trouble == ScannerTrouble.NOT_ALLOWED
        remedy.text = if (allow) PlatformWords.ALLOW.text(language) else Words.TRY_AGAIN.text(language)
        remedy.visibility = if (trouble == null || trouble == ScannerTrouble.NO_CAMERA) GONE else VISIBLE
        light.text = (if (scanner.torch) PlatformWords.TORCH_OFF else PlatformWords.TORCH_ON).text(language)
        light.visibility = if (trouble == null && scanner.hasTorch) VISIBLE else GONE
    }

    private fun wrapping() = LinearLayout.LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT)
}
