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
    var unavailable = false

    override fun seal(key: ByteArray): ByteArray = mask(key)

    override fun unseal(sealed: ByteArray): ByteArray {
        if (unavailable) throw KeystoreException.Unavailable("the phone was not unlocked yet")
        return mask(sealed)
    }

    private fun mask(bytes: ByteArray) = ByteArray(bytes.size) { (bytes[it].toInt() xor 0x5a).toByte() }
}

/** The clocks of this machine, moved by [ahead]. */
class MachineClock(private val ahead: Long = 0) : Clock {
    override fun read() = ClockReading(
        wall = Instant.now().plusSeconds(ahead),
        sinceBootMs = (System.nanoTime() / 1_000_000).toULong(),
        boot = "test",
    )
}

/** Keeps what is logged. */
class KeepingLog : Log {
    val lines = ConcurrentLinkedQueue<String>()

    override fun record(level: LogLevel, name: String, detail: String) {
        lines.add("$level $name $detail")
    }
}
