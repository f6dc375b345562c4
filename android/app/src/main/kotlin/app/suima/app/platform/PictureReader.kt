package app.suima.app.platform

import android.content.Context
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.net.Uri
import java.io.IOException
import java.io.InputStream

/** Reads the code in a picture that the user picks. */
class PictureReader(private val context: Context) {
    /** What the code in the picture says; none where there is none, or where it is no picture. Blocks. */
    fun read(picture: Uri): String? {
        val bitmap = try {
            decode(picture)
        } catch (_: IOException) {
            null
        } catch (_: SecurityException) {
            null
        } ?: return null
        val pixels = IntArray(bitmap.width * bitmap.height)
        bitmap.getPixels(pixels, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height)
        val luminance = Luminance.ofPixels(pixels, bitmap.width, bitmap.height)
        bitmap.recycle()
        return CodeReader(Wanted.CODES).readPicture(luminance)
    }

    private fun decode(picture: Uri): Bitmap? {
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        open(picture) { BitmapFactory.decodeStream(it, null, size) }
        if (size.outWidth <= 0 || size.outHeight <= 0) return null
        val options = BitmapFactory.Options().apply { inSampleSize = sampling(size.outWidth, size.outHeight) }
        return open(picture) { BitmapFactory.decodeStream(it, null, options) }
    }

    private fun open(picture: Uri, use: (InputStream) -> Bitmap?): Bitmap? =
        context.contentResolver.openInputStream(picture)?.use(use)
}

/** More points than this, either way, a code does not need. */
private const val MOST = 2048

/** By how much, a power of two, a picture is made smaller while it is read: big ones would not fit into memory. */
internal fun sampling(width: Int, height: Int): Int {
    var sampling = 1
    while (maxOf(width, height) / sampling > MOST) sampling *= 2
    return sampling
}
