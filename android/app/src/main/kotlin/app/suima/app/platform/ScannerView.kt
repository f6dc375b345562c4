package app.suima.app.platform

import android.content.Context
import android.graphics.Matrix
import android.graphics.RectF
import android.graphics.SurfaceTexture
import android.os.Handler
import android.os.Looper
import android.view.Surface
import android.view.TextureView
import kotlin.math.max

/** Why the camera shows nothing. */
enum class ScannerTrouble {
    /** The user has not allowed it yet. */
    NOT_ALLOWED,

    /** The phone has none that looks away from its user. */
    NO_CAMERA,

    /** Another app has it, or it does not answer: try again. */
    BUSY,
}

/**
 * The camera's picture, in which codes are read as long as the view can be seen. It needs the framework alone: no service
 * of the phone's maker, no network.
 *
 * @param wanted what is looked for
 * @param onText takes each text that was read, on the main thread; the same one again and again, while it is in sight
 * @param onTrouble is told why there is no picture, on the main thread
 */
class ScannerView(
    context: Context,
    wanted: Wanted,
    private val onText: (String) -> Unit,
    private val onTrouble: (ScannerTrouble) -> Unit,
) : TextureView(context), TextureView.SurfaceTextureListener {
    private val main = Handler(Looper.getMainLooper())
    private val camera = ScannerCamera(
        context,
        wanted,
        onText = { text -> main.post { if (isWatching) onText(text) } },
        onTrouble = { trouble -> main.post { if (isWatching) onTrouble(trouble) } },
    )
    private var isWatching = false

    /** The light beside the camera: for rain and darkness. */
    var torch: Boolean by camera::torch

    /** Whether there is such a light. */
    val hasTorch: Boolean get() = camera.hasTorch

    init {
        surfaceTextureListener = this
        // A picture says nothing to somebody who cannot see it; the screen around it does.
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO
    }

    /** Begins anew, after what stood in the way has been cleared. */
    fun retry() {
        stop()
        startIfVisible()
    }

    override fun onSurfaceTextureAvailable(surface: SurfaceTexture, width: Int, height: Int) {
        fit(width, height)
        startIfVisible()
    }

    override fun onSurfaceTextureSizeChanged(surface: SurfaceTexture, width: Int, height: Int) = fit(width, height)

    override fun onSurfaceTextureDestroyed(surface: SurfaceTexture): Boolean {
        stop()
        return true
    }

    override fun onSurfaceTextureUpdated(surface: SurfaceTexture) = Unit

    override fun onWindowVisibilityChanged(visibility: Int) {
        super.onWindowVisibilityChanged(visibility)
        if (visibility == VISIBLE) startIfVisible() else stop()
    }

    private fun startIfVisible() {
        val texture = surfaceTexture ?: return
        if (isWatching || windowVisibility != VISIBLE) return
        isWatching = true
        texture.setDefaultBufferSize(ScannerCamera.WIDTH, ScannerCamera.HEIGHT)
        camera.start(Surface(texture))
    }

    private fun stop() {
        isWatching = false
        camera.stop()
    }

    /** Fills the view with the picture, which is wider than high and is cut at two sides rather than stretched. */
    private fun fit(width: Int, height: Int) {
        val rotation = display?.rotation ?: Surface.ROTATION_0
        val lying = rotation == Surface.ROTATION_90 || rotation == Surface.ROTATION_270
        val view = RectF(0f, 0f, width.toFloat(), height.toFloat())
        val long = ScannerCamera.WIDTH.toFloat()
        val short = ScannerCamera.HEIGHT.toFloat()
        val matrix = Matrix()
        if (lying) {
            // The picture comes as for a phone held upright.
            val buffer = RectF(0f, 0f, short, long)
            buffer.offset(view.centerX() - buffer.centerX(), view.centerY() - buffer.centerY())
            matrix.setRectToRect(view, buffer, Matrix.ScaleToFit.FILL)
            val scale = max(view.height() / short, view.width() / long)
            matrix.postScale(scale, scale, view.centerX(), view.centerY())
            matrix.postRotate(90f * (rotation - 2), view.centerX(), view.centerY())
        } else {
            val scale = max(view.width() / short, view.height() / long)
            matrix.setScale(
                scale * short / view.width(),
                scale * long / view.height(),
                view.centerX(),
                view.centerY(),
            )
            if (rotation == Surface.ROTATION_180) matrix.postRotate(180f, view.centerX(), view.centerY())
        }
        setTransform(matrix)
    }
}
