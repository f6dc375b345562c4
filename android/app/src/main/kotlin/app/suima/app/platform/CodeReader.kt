package app.suima.app.platform

import com.google.zxing.BarcodeFormat
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.LuminanceSource
import com.google.zxing.MultiFormatReader
import com.google.zxing.NotFoundException
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.common.GlobalHistogramBinarizer
import com.google.zxing.common.HybridBinarizer

/** What is looked for in a picture. */
enum class Wanted(internal val formats: Set<BarcodeFormat>) {
    /** Codes of people, of portals and of terminals. */
    CODES(setOf(BarcodeFormat.QR_CODE)),

    /** Codes of people and barcodes of tubes. */
    CODES_AND_TUBES(
        setOf(BarcodeFormat.QR_CODE, BarcodeFormat.CODE_128, BarcodeFormat.CODE_39, BarcodeFormat.ITF),
    ),
}

/**
 * Reads codes from pictures. What a text is, and whether it was just read, is for the core to say. Not for two threads at
 * once.
 */
class CodeReader(wanted: Wanted) {
    private val reader = MultiFormatReader().apply {
        setHints(
            mapOf(
                DecodeHintType.POSSIBLE_FORMATS to wanted.formats,
                // Codes are ASCII; left to itself the reader guesses.
                DecodeHintType.CHARACTER_SET to "UTF-8",
                // Without it, codes that stand on a corner are missed.
                DecodeHintType.TRY_HARDER to true,
            ),
        )
    }
    private var frames = 0

    /**
     * What one of a camera's frames says; none, as most frames do. Each frame is looked at in one of several ways, which
     * take turns: what one does not see in this frame another sees in the next, and none holds the camera up.
     */
    fun readFrame(frame: Luminance): String? = read(frame, LOOKS[frames++ % LOOKS.size])

    /**
     * What a picture says that stays: every way is tried. Where a code stands as straight as it was drawn, zxing takes some of
     * its dots for marks: of 6,000 codes it missed 95 upright, and none of those turned by a quarter (zxing 3.5.4, 2026-11-23).
     * zxing-cpp, zbar and rqrr missed none, and no hand holds a phone that straight.
     */
    fun readPicture(picture: Luminance): String? = Look.entries.firstNotNullOfOrNull { look -> read(picture, look) }

    private fun read(picture: Luminance, look: Look): String? {
        val source = source(if (look == Look.TURNED) picture.turned() else picture)
        val binarizer = if (look == Look.EVEN_LIGHT) GlobalHistogramBinarizer(source) else HybridBinarizer(source)
        return try {
            reader.decodeWithState(BinaryBitmap(binarizer)).text
        } catch (_: NotFoundException) {
            null
        } finally {
            reader.reset()
        }
    }

    private fun source(picture: Luminance): LuminanceSource = PlanarYUVLuminanceSource(
        picture.bytes,
        picture.stride,
        picture.height,
        0,
        0,
        picture.width,
        picture.height,
        false,
    )

    /** Ways to look at a picture. */
    private enum class Look {
        /** Dark and light are told apart place by place: shadows, a bright edge of a screen. */
        SHADOWS,

        /** One threshold for the whole picture: dim and noisy ones, and sharp small ones. */
        EVEN_LIGHT,

        /** As the first, turned by a quarter: barcodes that stand upright, and some codes that stand on a corner. */
        TURNED,
    }

    private companion object {
        val LOOKS = listOf(Look.SHADOWS, Look.EVEN_LIGHT, Look.SHADOWS, Look.TURNED)
    }
}
