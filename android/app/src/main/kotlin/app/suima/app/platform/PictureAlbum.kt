package app.suima.app.platform

import android.Manifest
import android.content.ContentValues
import android.content.Context
import android.content.pm.PackageManager
import android.media.MediaScannerConnection
import android.os.Build
import android.os.Environment
import android.provider.MediaStore
import app.suima.app.model.Album
import java.io.File
import java.io.IOException

/** The phone's album, by the media store. Pictures lie in a folder of their own, so that they are found again. */
class PictureAlbum(private val context: Context) : Album {
    /** Whether the user has to allow it before the next [save]: Android 8 and 9 only. */
    val needsPermission: Boolean
        get() = Build.VERSION.SDK_INT < Build.VERSION_CODES.Q &&
            context.checkSelfPermission(PERMISSION) != PackageManager.PERMISSION_GRANTED

    override fun save(name: String, picture: ByteArray) {
        val file = fileName(name)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) insert(file, picture) else write(file, picture)
    }

    /** Nobody sees the picture before all of it is there. */
    private fun insert(file: String, picture: ByteArray) {
        val resolver = context.contentResolver
        val collection = MediaStore.Images.Media.getContentUri(MediaStore.VOLUME_EXTERNAL_PRIMARY)
        val pending = ContentValues().apply {
            put(MediaStore.Images.Media.DISPLAY_NAME, file)
            put(MediaStore.Images.Media.MIME_TYPE, TYPE)
            put(MediaStore.Images.Media.RELATIVE_PATH, "${Environment.DIRECTORY_PICTURES}/$FOLDER")
            put(MediaStore.Images.Media.IS_PENDING, 1)
        }
        val uri = resolver.insert(collection, pending) ?: throw IOException("the media store takes nothing")
        try {
            val stream = resolver.openOutputStream(uri) ?: throw IOException("the media store opens nothing")
            stream.use { it.write(picture) }
            val done = ContentValues().apply { put(MediaStore.Images.Media.IS_PENDING, 0) }
            resolver.update(uri, done, null, null)
        } catch (failure: Exception) {
            resolver.delete(uri, null, null)
            throw failure
        }
    }

    private fun write(file: String, picture: ByteArray) {
        @Suppress("DEPRECATION") // What came after it begins with Android 10.
        val pictures = Environment.getExternalStoragePublicDirectory(Environment.DIRECTORY_PICTURES)
        val folder = File(pictures, FOLDER)
        if (!folder.isDirectory && !folder.mkdirs()) throw IOException("no folder for pictures")
        val path = File(folder, file)
        path.writeBytes(picture)
        MediaScannerConnection.scanFile(context, arrayOf(path.path), arrayOf(TYPE), null)
    }

    companion object {
        /** What [needsPermission] means. */
        const val PERMISSION: String = Manifest.permission.WRITE_EXTERNAL_STORAGE

        private const val TYPE = "image/png"
        private const val FOLDER = "Suima"
    }
}

/** A name of a file that every file system takes. */
internal fun fileName(name: String): String {
    val kept = name.removeSuffix(".png").filter { it.isLetterOrDigit() || it in " -_" }.trim().take(80)
    return "${kept.ifEmpty { "suima" }}.png"
}
