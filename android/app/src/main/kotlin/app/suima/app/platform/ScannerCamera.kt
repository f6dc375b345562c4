package app.suima.app.platform

import android.Manifest
import android.content.Context
import android.content.pm.PackageManager
import android.graphics.ImageFormat
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.hardware.camera2.params.OutputConfiguration
import android.hardware.camera2.params.SessionConfiguration
import android.media.Image
import android.media.ImageReader
import android.os.Build
import android.os.Handler
import android.os.HandlerThread
import android.view.Surface

/**
 * The camera behind [ScannerView]. Everything of it happens on one thread of its own, which also reads the codes: while it
 * reads, the camera drops frames, and the next one that it looks at is the newest.
 */
internal class ScannerCamera(
    private val context: Context,
    wanted: Wanted,
    private val onText: (String) -> Unit,
    private val onTrouble: (ScannerTrouble) -> Unit,
) {
    private val manager = context.getSystemService(CameraManager::class.java)
    private val reader = CodeReader(wanted)
    private var running: Running? = null

    var torch: Boolean = false
        set(on) {
            field = on
            running?.let { it.handler.post { it.light(on) } }
        }

    val hasTorch: Boolean
        get() = try {
            id()?.let { manager.getCameraCharacteristics(it).get(CameraCharacteristics.FLASH_INFO_AVAILABLE) } ?: false
        } catch (_: CameraAccessException) {
            false
        } catch (_: IllegalArgumentException) {
            // It was unplugged between one question and the next.
            false
        }

    /** Begins to watch, with the picture also on [preview]. Called on the main thread, as is [stop]. */
    fun start(preview: Surface) {
        stop()
        val thread = HandlerThread("suima-scanner").apply { start() }
        val started = Running(thread, Handler(thread.looper), preview)
        running = started
        started.handler.post { started.open() }
    }

    /** Gives the camera back. */
    fun stop() {
        val stopped = running ?: return
        running = null
        stopped.handler.post { stopped.close() }
    }

    /** The first camera that looks away from the user. */
    private fun id(): String? = try {
        manager.cameraIdList.firstOrNull { id ->
            val facing = manager.getCameraCharacteristics(id).get(CameraCharacteristics.LENS_FACING)
            facing == CameraCharacteristics.LENS_FACING_BACK || facing == CameraCharacteristics.LENS_FACING_EXTERNAL
        }
    } catch (_: CameraAccessException) {
        null
    } catch (_: IllegalArgumentException) {
        null
    }

    /** From a start to its stop. All on the thread of [handler]. */
    private inner class Running(
        private val thread: HandlerThread,
        val handler: Handler,
        private val preview: Surface,
    ) {
        private val frames = ImageReader.newInstance(WIDTH, HEIGHT, ImageFormat.YUV_420_888, 2)
        private var device: CameraDevice? = null
        private var session: CameraCaptureSession? = null
        private var bytes = ByteArray(0)
        private var opening = false
        private var closed = false

        fun open() {
            if (context.checkSelfPermission(Manifest.permission.CAMERA) != PackageManager.PERMISSION_GRANTED) {
                return onTrouble(ScannerTrouble.NOT_ALLOWED)
            }
            val id = id() ?: return onTrouble(ScannerTrouble.NO_CAMERA)
            frames.setOnImageAvailableListener({ read() }, handler)
            orBusy {
                manager.openCamera(id, opened, handler)
                opening = true
            }
        }

        fun close() {
            closed = true
            session?.close()
            device?.close()
            frames.close()
            preview.release()
            // A camera that is still on its way has to be given back when it comes.
            if (!opening) thread.quitSafely()
        }

        fun light(on: Boolean) {
            val session = session ?: return
            orBusy { session.setRepeatingRequest(request(session.device, on), null, handler) }
        }

        private val opened = object : CameraDevice.StateCallback() {
            override fun onOpened(camera: CameraDevice) {
                opening = false
                if (closed) return giveBack(camera)
                device = camera
                orBusy { configure(camera) }
            }

            override fun onDisconnected(camera: CameraDevice) = lost(camera)

            override fun onError(camera: CameraDevice, error: Int) = lost(camera)

            private fun lost(camera: CameraDevice) {
                opening = false
                if (closed) return giveBack(camera)
                session = null
                device = null
                camera.close()
                onTrouble(ScannerTrouble.BUSY)
            }

            private fun giveBack(camera: CameraDevice) {
                camera.close()
                thread.quitSafely()
            }
        }

        private val configured = object : CameraCaptureSession.StateCallback() {
            override fun onConfigured(configured: CameraCaptureSession) {
                if (closed) return
                session = configured
                light(torch)
            }

            override fun onConfigureFailed(session: CameraCaptureSession) = onTrouble(ScannerTrouble.BUSY)
        }

        private fun configure(camera: CameraDevice) {
            val surfaces = listOf(preview, frames.surface)
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
                camera.createCaptureSession(
                    SessionConfiguration(
                        SessionConfiguration.SESSION_REGULAR,
                        surfaces.map(::OutputConfiguration),
                        { handler.post(it) },
                        configured,
                    ),
                )
            } else {
                @Suppress("DEPRECATION")
                camera.createCaptureSession(surfaces, configured, handler)
            }
        }

        private fun request(camera: CameraDevice, light: Boolean): CaptureRequest =
            camera.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW).apply {
                addTarget(preview)
                addTarget(frames.surface)
                // Phones without it, with a fixed focus, pass it over.
                set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
                set(CaptureRequest.CONTROL_AE_MODE, CaptureRequest.CONTROL_AE_MODE_ON)
                val flash = if (light) CaptureRequest.FLASH_MODE_TORCH else CaptureRequest.FLASH_MODE_OFF
                set(CaptureRequest.FLASH_MODE, flash)
            }.build()

        private fun read() {
            if (closed) return
            val frame = frames.acquireLatestImage()?.use(::luminance) ?: return
            reader.readFrame(frame)?.let(onText)
        }

        /** The first of the three planes is the brightness. */
        private fun luminance(image: Image): Luminance {
            val plane = image.planes[0]
            val size = plane.buffer.remaining()
            if (bytes.size != size) bytes = ByteArray(size)
            plane.buffer.get(bytes)
            return Luminance(bytes, image.width, image.height, plane.rowStride)
        }

        /** Cameras are taken away at any moment, and so is what they draw on; they say so in four ways. */
        private inline fun orBusy(use: () -> Unit) {
            try {
                use()
            } catch (_: CameraAccessException) {
                onTrouble(ScannerTrouble.BUSY)
            } catch (_: IllegalStateException) {
                if (!closed) onTrouble(ScannerTrouble.BUSY)
            } catch (_: IllegalArgumentException) {
                if (!closed) onTrouble(ScannerTrouble.BUSY)
            } catch (_: SecurityException) {
                onTrouble(ScannerTrouble.NOT_ALLOWED)
            }
        }
    }

    companion object {
        /** Frames in which a code of 61 modules that fills a third of the height has four points a module. */
        const val WIDTH = 1280
        const val HEIGHT = 720
    }
}
