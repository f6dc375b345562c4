package firstcode

import java.time.Instant
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import suima.Clock
import suima.ClockReading
import suima.Config
import suima.CoreException
import suima.Keystore
import suima.Log
import suima.LogLevel
import suima.Roots
import suima.Wallet
import suima.liveCodes
import suima.text
import suima.trouble

/** On a phone the Android Keystore stands here. */
object MaskKeystore : Keystore {
    override fun seal(key: ByteArray) = ByteArray(key.size) { (key[it].toInt() xor 0x5a).toByte() }
    override fun unseal(sealed: ByteArray) = seal(sealed)
}

object DeviceClock : Clock {
    override fun read() = ClockReading(Instant.now(), (System.nanoTime() / 1_000_000).toULong(), boot = "one")
}

object StandardLog : Log {
    override fun record(level: LogLevel, name: String, detail: String) = println("log: $name $detail")
}

/** [given]: file, address, hot root, cold root, activation code. */
fun main(given: Array<String>) = runBlocking {
    val roots = Roots(given[2].hexToByteArray(), given[3].hexToByteArray())
    val wallet = Wallet.open(Config(given[0], given[1], emptyList(), roots), MaskKeystore, DeviceClock, StandardLog)
    try {
        wallet.enrol(given[4])
        wallet.refresh()
        val me = wallet.family().first().slot
        // A screen collects: the next one comes when this one has been shown long enough.
        println("live: " + wallet.liveCodes(me).first().text)
        val warning = wallet.warning(me)
        println("ask: " + warning.said.text())
        val made = wallet.regenerate(warning.confirm)
        println("made: " + (made.code?.text ?: made.said.text()))
    } catch (error: CoreException) {
        println("say: " + error.trouble.said.text())
    }
    wallet.shutDown()
}
