import java.util.Locale
import kotlinx.coroutines.runBlocking
import suima.FfiConverterByteArray
import suima.FfiConverterTypeKeystore
import suima.Keystore
import suima.Place
import suima.UniffiLib
import suima.UniffiRustCallStatus
import suima.WedgeReader

/** How long the JVM may compile what it runs often, before anything is measured. */
private const val WARMING_NS = 2_000_000_000L

/** Short enough to run undisturbed on a machine that has other things to do. */
private const val ROUND_NS = 500_000L

private const val ROUNDS = 400

/** The time of one call in microseconds, of many short rounds in order. */
private fun measure(call: () -> Unit): List<Double> {
    fun round(calls: Int): Double {
        val begin = System.nanoTime()
        repeat(calls) { call() }
        return (System.nanoTime() - begin).toDouble() / calls
    }
    val warm = System.nanoTime() + WARMING_NS
    while (System.nanoTime() < warm) round(1)
    val calls = (ROUND_NS / round(20)).toInt().coerceAtLeast(1)
    return List(ROUNDS) { round(calls) / 1000 }.sorted()
}

private fun row(call: String, crosses: String, act: () -> Unit) {
    val times = measure(act)
    println("| $call | $crosses | %.1f µs | %.1f µs |".format(Locale.ROOT, times.first(), times[ROUNDS / 2]))
}

/** Gives back what it gets. */
private object EchoKeystore : Keystore {
    override fun seal(key: ByteArray) = key

    override fun unseal(sealed: ByteArray) = sealed
}

/** Has the core call a keystore of Kotlin, by the call through which other languages would use one of Rust. */
private fun callBack(bytes: ByteArray) {
    val status = UniffiRustCallStatus()
    val unsealed = UniffiLib.uniffi_suima_fn_method_keystore_unseal(
        FfiConverterTypeKeystore.lower(EchoKeystore),
        FfiConverterByteArray.lower(bytes),
        status,
    )
    check(status.isSuccess() && FfiConverterByteArray.lift(unsealed).size == bytes.size)
}

/** What calls of the core cost from Kotlin, as a Markdown table: `cargo xtask call-costs`. */
fun main() = runBlocking {
    City().use { city ->
        val phone = city.enrolledPhone()
        val people = phone.family().size
        val me = phone.me
        val station = city.samplingStation()
        val code = phone.showLive(me).text
        val wedge = WedgeReader()
        var typed = 0uL
        val sealed = ByteArray(36) { 7 }

        println("| call | what crosses | fastest | in the middle |")
        println("| --- | --- | --- | --- |")
        row("`wasWiped()`", "a truth value: the call itself") { phone.wasWiped() }
        row("`WedgeReader.typed`", "a character in, no text out") { wedge.typed("A", typed++) }
        row("`status()`", "a record; the clock is asked") { phone.status() }
        row("`family()`", "$people records; the clock is asked") { phone.family() }
        row("`showLive`", "the QR code as SVG; the clock is asked") { phone.showLive(me) }
        row("`check` of a live code", "${code.length} characters in, a record out; the clock is asked") {
            station.check(code, Place.GATE)
        }
        row("a keystore called by the core", "36 bytes in and out") { callBack(sealed) }
    }
}
