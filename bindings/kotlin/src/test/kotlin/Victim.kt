import kotlinx.coroutines.runBlocking
import suima.Config
import suima.Roots
import suima.Station
import suima.Wallet

/**
 * Works until it is killed, and says on its output what was acknowledged to it: the tests kill it and open its files
 * again. [given]: `samples` or `regenerates`, file, address, hot root, cold root.
 */
fun main(given: Array<String>) = runBlocking {
    val roots = Roots(given[3].hexToByteArray(), given[4].hexToByteArray())
    val config = Config(given[1], given[2], emptyList(), roots)
    if (given[0] == "samples") {
        samples(Station.open(config, MaskKeystore(), MachineClock(), KeepingLog()))
    } else {
        regenerates(Wallet.open(config, MaskKeystore(), MachineClock(), KeepingLog()))
    }
}

private fun samples(station: Station) {
    var tubes = 0
    while (true) {
        val barcode = "KILL%04d".format(++tubes)
        station.openTube(barcode, 20u)
        println("tube $barcode")
        repeat(20) { seat ->
            val bound = station.registerByHand("访客$tubes-$seat", null, "13900000000")
            println("seat $barcode ${bound.entry}")
        }
        station.seal(20u, null)
        println("seal $barcode")
    }
}

private suspend fun regenerates(phone: Wallet) {
    while (true) {
        val outcome = phone.regenerate(phone.warning(phone.me).confirm)
        println(checkNotNull(outcome.code).text)
    }
}

/** Starts a victim in a city. */
fun City.victim(what: String, name: String, at: String = address): Process =
    otherJvm("VictimKt", what, path(name), at, roots.hot.toHexString(), roots.cold.toHexString())
