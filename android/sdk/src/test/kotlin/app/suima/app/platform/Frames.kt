package app.suima.app.platform

import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.common.BitMatrix
import com.google.zxing.oned.Code128Writer
import com.google.zxing.qrcode.QRCodeWriter
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel
import java.io.File
import kotlin.math.PI
import kotlin.math.cos
import kotlin.math.sin
import kotlin.random.Random
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** Codes as a camera sees them, drawn from the texts of the test vectors. */
object Frames {
    /** The longest text of a vector in this file: the hardest to read. */
    fun code(file: String): String {
        val vectors = Json.parseToJsonElement(File(System.getProperty("suima.vectors"), file).readText()).jsonObject
        return vectors.getValue("cases").jsonArray
            .map { it.jsonObject.getValue("text").jsonPrimitive.content }
            .maxBy { it.length }
    }

    fun qr(text: String): BitMatrix {
        val hints = mapOf(EncodeHintType.ERROR_CORRECTION to ErrorCorrectionLevel.M, EncodeHintType.MARGIN to 4)
        return QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints)
    }

    fun barcode(text: String): BitMatrix = Code128Writer().encode(text, BarcodeFormat.CODE_128, 0, 60)

    /**
     * A frame with a code in its middle.
     *
     * @param size points to a module
     * @param degrees by how much it is turned
     * @param light how bright a white module is, 0 to 255; a black one is a sixth of that
     * @param noise by how much each point differs by chance, either way
     * @param shadow what part of the light is missing at the left edge
     */
    fun frame(
        code: BitMatrix,
        size: Double,
        degrees: Double = 0.0,
        light: Int = 220,
        noise: Int = 0,
        shadow: Double = 0.0,
    ): Luminance {
        val width = ScannerCamera.WIDTH
        val height = ScannerCamera.HEIGHT
        // Rows of cameras are longer than pictures are wide, except the last.
        val stride = width + 64
        val bytes = ByteArray(stride * (height - 1) + width) { 0x55 }
        val chance = Random(1)
        val turn = degrees * PI / 180
        for (row in 0 until height) {
            for (column in 0 until width) {
                val x = (column - width / 2) / size
                val y = (row - height / 2) / size
                val moduleX = (x * cos(turn) + y * sin(turn) + code.width / 2.0)
                val moduleY = (y * cos(turn) - x * sin(turn) + code.height / 2.0)
                val inside = moduleX >= 0 && moduleX < code.width && moduleY >= 0 && moduleY < code.height
                val black = inside && code.get(moduleX.toInt(), moduleY.toInt())
                val lit = (if (black) light / 6 else light) * (1 - shadow * (1 - column.toDouble() / width))
                val seen = lit + if (noise > 0) chance.nextInt(-noise, noise + 1) else 0
                bytes[row * stride + column] = seen.toInt().coerceIn(0, 255).toByte()
            }
        }
        return Luminance(bytes, width, height, stride)
    }

    /** What a camera reads that sees this frame for a fifth of a second. */
    fun CodeReader.watch(frame: Luminance): String? = (1..6).firstNotNullOfOrNull { readFrame(frame) }
}
