import java.time.Instant
import java.util.concurrent.ConcurrentLinkedQueue
import suima.Clock
import suima.ClockReading
import suima.Keystore
import suima.KeystoreException
import suima.Log
import suima.LogLevel

/** A keystore that masks keys; on a phone the Android Keystore stands here. */
class MaskKeystore : Keystore {
    enum class Mood { READY, UNAVAILABLE, THROWING, SILENT }

    @Volatile
    var mood = Mood.READY

    @Volatile
    private var mask: Byte = 0x5a

    /** What was sealed up to now is gone for good, as after a restored backup. */
    fun forget() {
        mask++
    }

    override fun seal(key: ByteArray): ByteArray = byteArrayOf(mask) + masked(key)

    override fun unseal(sealed: ByteArray): ByteArray {
        when (mood) {
            Mood.READY -> {}
            Mood.UNAVAILABLE -> throw KeystoreException.Unavailable("the phone was not unlocked yet")
            Mood.THROWING -> throw IllegalStateException("nobody declared this")
            Mood.SILENT -> return ByteArray(0)
        }
        if (sealed.first() != mask) throw KeystoreException.Gone()
        return masked(sealed.copyOfRange(1, sealed.size))
    }

    private fun masked(bytes: ByteArray) = ByteArray(bytes.size) { (bytes[it].toInt() xor mask.toInt()).toByte() }
}

/** The clocks of this machine, moved by [ahead] seconds. */
class MachineClock(private val ahead: Long = 0) : Clock {
    override fun read() = ClockReading(
        wall = Instant.now().plusSeconds(ahead),
        sinceBootMs = (System.nanoTime() / 1_000_000).toULong(),
        boot = "test",
    )
}

/** The clocks of this machine, until they break. */
class BreakableClock : Clock {
    @Volatile
    var broken = false

    override fun read(): ClockReading {
        check(!broken) { "the clock broke" }
        return MachineClock().read()
    }
}

/** Keeps what is logged. */
class KeepingLog : Log {
    val lines = ConcurrentLinkedQueue<String>()

    override fun record(level: LogLevel, name: String, detail: String) {
        lines.add("$level $name $detail")
    }
}

/** Cannot be written to. */
class ThrowingLog : Log {
    override fun record(level: LogLevel, name: String, detail: String) = error("no room for a log")
}
