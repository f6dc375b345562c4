import java.util.Locale
import kotlinx.coroutines.runBlocking
import suima.CancelHandle
import suima.Clock
import suima.ClockReading
import suima.Keystore
import suima.Place
import suima.WedgeReader

/** How often each is measured; the best counts, as whatever else the machine does can only slow it down. */
private const val ROUNDS = 7

/** How long a round lasts, about. */
private const val ROUND_NS = 200_000_000L

/** How long a call takes when nothing else is done, in nanoseconds. */
private fun best(call: () -> Unit): Double {
    var calls = 1
    while (time(calls, call) < ROUND_NS) calls *= 2
    return (1..ROUNDS).minOf { time(calls, call).toDouble() / calls }
}

private fun time(calls: Int, call: () -> Unit): Long {
    val begin = System.nanoTime()
    repeat(calls) { call() }
    return System.nanoTime() - begin
}

/** Counts what is asked of the shell. */
private class Counted(private val clock: Clock) : Clock, Keystore {
    private val keystore = MaskKeystore()
    var calls = 0

    override fun read(): ClockReading = clock.read().also { calls++ }

    override fun seal(key: ByteArray): ByteArray = keystore.seal(key).also { calls++ }

    override fun unseal(sealed: ByteArray): ByteArray = keystore.unseal(sealed).also { calls++ }
}

/** Measures what calls of the core cost from Kotlin, and prints a table; run by `cargo xtask call-costs`. */
fun main() = runBlocking {
    City().use { city ->
        val shell = Counted(MachineClock())
        val phone = city.enrolledPhone(keystore = shell, clock = shell)
        val me = phone.me
        val station = city.samplingStation(shell)
        val code = phone.showNucleicAcid(me).text
        val live = phone.showLive(me).text
        val handle = CancelHandle()
        val wedge = WedgeReader()
        var now = 0uL

        println("| call from Kotlin | what it does | calls back | best |")
        println("| --- | --- | --- | --- |")
        fun row(call: String, does: String, act: () -> Unit) {
            act()
            shell.calls = 0
            act()
            val back = shell.calls
            val microseconds = best(act) / 1000
            println("| $call | $does | $back | ${"%.1f".format(Locale.ROOT, microseconds)} µs |")
        }
        row("`CancelHandle.cancel()`", "nothing: a call alone") { handle.cancel() }
        row("`WedgeReader.typed()`", "takes one character") { wedge.typed("A", now++) }
        row("`Wallet.status()`", "one record") { phone.status() }
        row("`Wallet.family()`", "a record for each of two people") { phone.family() }
        row("`Wallet.showLive()`", "signs, and draws the QR code") { phone.showLive(me) }
        row("`Station.check()`, static", "verifies one signature") { station.check(code, Place.SAMPLING) }
        row("`Station.check()`, live", "verifies two signatures") { station.check(live, Place.SAMPLING) }
        row("`Wallet.pause()`, `resume()`", "closes and opens the file") {
            phone.pause()
            phone.resume()
        }
    }
}
