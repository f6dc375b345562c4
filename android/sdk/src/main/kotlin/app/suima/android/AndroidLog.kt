package app.suima.android

import android.util.Log as Logcat
import suima.Log
import suima.LogLevel

/**
 * The core's port to logcat. Events carry neither personal data nor secrets.
 *
 * @param debug whether events are kept that are only for whoever looks for a fault; not in a release
 */
class AndroidLog(private val debug: Boolean) : Log {
    override fun record(level: LogLevel, name: String, detail: String) {
        if (level == LogLevel.DEBUG && !debug) return
        Logcat.println(priority(level), TAG, if (detail.isEmpty()) name else "$name: $detail")
    }

    private companion object {
        const val TAG = "Suima"

        fun priority(level: LogLevel): Int = when (level) {
            LogLevel.DEBUG -> Logcat.DEBUG
            LogLevel.INFO -> Logcat.INFO
            LogLevel.WARN -> Logcat.WARN
            LogLevel.ERROR -> Logcat.ERROR
        }
    }
}
