package app.suima.app.platform

/**
 * How bright each point of a picture is, row by row.
 *
 * @property bytes the brightness, 0 to 255, of [height] rows of [stride] bytes, of which the first [width] count
 */
class Luminance(val bytes: ByteArray, val width: Int, val height: Int, val stride: Int = width) {
    init {
        require(width in 1..stride && height > 0 && bytes.size >= stride * (height - 1) + width)
    }

    /** The same, turned by a quarter, so that a barcode across the picture lies along its rows. */
    fun turned(): Luminance {
        val turned = ByteArray(width * height)
        for (row in 0 until height) {
            for (column in 0 until width) {
                turned[(width - 1 - column) * height + row] = bytes[row * stride + column]
            }
        }
        return Luminance(turned, width = height, height = width)
    }

    companion object {
        /** The brightness of a picture of red, green and blue; what shows through is taken as white, like paper. */
        fun ofPixels(pixels: IntArray, width: Int, height: Int): Luminance =
            Luminance(ByteArray(width * height) { brightness(pixels[it]).toByte() }, width, height)

        /** Weights of ITU-R BT.601, as the cameras' own brightness has them. */
        private fun brightness(pixel: Int): Int {
            val alpha = pixel ushr 24
            val red = pixel shr 16 and 0xff
            val green = pixel shr 8 and 0xff
            val blue = pixel and 0xff
            val opaque = (299 * red + 587 * green + 114 * blue) / 1000
            return (opaque * alpha + 255 * (255 - alpha)) / 255
        }
    }
}
