package app.suima.app.platform

import android.annotation.SuppressLint
import android.app.PendingIntent
import android.os.Build
import android.service.quicksettings.Tile
import android.service.quicksettings.TileService

/** The tile among the quick settings: the live code in one tap, after unlocking the phone where it is locked. */
class CodeTile : TileService() {
    override fun onStartListening() {
        qsTile?.run {
            state = Tile.STATE_ACTIVE
            updateTile()
        }
    }

    override fun onClick() {
        if (isLocked) unlockAndRun(::open) else open()
    }

    private fun open() {
        val intent = Destination.LIVE_CODE.intent(packageName)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
            startActivityAndCollapse(PendingIntent.getActivity(this, 0, intent, PendingIntent.FLAG_IMMUTABLE))
        } else {
            @SuppressLint("StartActivityAndCollapseDeprecated")
            @Suppress("DEPRECATION") // What came after it begins with Android 14.
            startActivityAndCollapse(intent)
        }
    }
}
