package app.suima.android

import android.content.Context
import android.os.SystemClock
import android.provider.Settings
import java.time.Instant
import suima.Clock
import suima.ClockReading

/** The core's port to the phone's clocks. */
class AndroidClock(context: Context) : Clock {
    private val resolver = context.applicationContext.contentResolver

    // A running process belongs to one start of the phone.
    private val boot = Settings.Global.getString(resolver, Settings.Global.BOOT_COUNT).orEmpty()

    /** Time asleep counts: `elapsedRealtime`, not `uptimeMillis`. A phone that does not count its starts says "". */
    override fun read() = ClockReading(
        wall = Instant.ofEpochMilli(System.currentTimeMillis()),
        sinceBootMs = SystemClock.elapsedRealtime().toULong(),
        boot = boot,
    )
}
