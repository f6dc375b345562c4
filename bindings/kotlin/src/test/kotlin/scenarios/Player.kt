package scenarios

import KeepingLog
import MaskKeystore
import P256Signer
import java.nio.file.Path
import java.time.Instant
import kotlin.io.path.createTempDirectory
import kotlin.io.path.deleteRecursively
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import suima.Clock
import suima.ClockReading
import suima.Config
import suima.CoreException
import suima.Roots
import suima.Signer
import suima.Station
import suima.Wallet
import suima.trouble

/** What came of a turn. */
class Came(
    val result: JsonObject = JsonObject(emptyMap()),
    val code: String? = null,
    val kept: JsonElement? = null,
    val picture: String? = null,
)

/** Reads what the conductor said last. */
private class ToldClock : Clock {
    @Volatile
    lateinit var told: ClockReading

    override fun read() = told
}

/** A device of a trial, and how it is opened again. */
private class Device(val config: Config, val kind: String, val signer: Signer?) {
    val clock = ToldClock()
    private val keystore = MaskKeystore()
    var wallet: Wallet? = null
        private set
    var station: Station? = null
        private set

    fun open() {
        if (kind == "phone") {
            wallet = Wallet.open(config, keystore, clock, KeepingLog(), signer)
        } else {
            station = Station.open(config, keystore, clock, KeepingLog())
        }
    }

    suspend fun enrol(activation: String) {
        wallet?.enrol(activation)
        station?.enrol(activation)
    }

    fun close() {
        wallet?.shutDown()
        station?.shutDown()
    }
}

/** Plays the phones and stations of one trial. [inHardware] is where the phones have their keys. */
class Player(private val conductor: Conductor, private val trial: Trial, private val inHardware: Boolean) {
    private val folder: Path = createTempDirectory("suima-trial")
    private val devices = mutableMapOf<String, Device>()
    private val kept = mutableListOf<Any>()

    /** Why the trial did not go as it says, if it did not. */
    suspend fun play(): String? {
        try {
            var said = conductor.begin(trial)
            // A trial of desks alone has no turn, and nobody to name.
            val people = People(said["people"]?.jsonArray ?: JsonArray(emptyList()))
            while (true) {
                val turn = said["play"]?.jsonObject ?: break
                said = conductor.answer(trial, answer(turn, people))
            }
            return said.getValue("end").jsonObject["trouble"]?.takeIf { it != JsonNull }?.jsonPrimitive?.content
        } finally {
            devices.values.forEach(Device::close)
            @OptIn(kotlin.io.path.ExperimentalPathApi::class)
            folder.deleteRecursively()
        }
    }

    @Suppress("TooGenericExceptionCaught") // Whatever else the bindings throw is trouble, and told.
    private suspend fun answer(turn: JsonObject, people: People): JsonObject {
        val came = try {
            came(turn, people)
        } catch (declared: CoreException) {
            Came(failed(declared))
        } catch (undeclared: Exception) {
            return buildJsonObject {
                put("turn", turn.getValue("turn").jsonPrimitive.int)
                put("trouble", "${turn.text("do")}: ${undeclared.stackTraceToString()}")
            }
        }
        return buildJsonObject {
            put("turn", turn.getValue("turn").jsonPrimitive.int)
            put("result", came.result)
            came.code?.let { put("code", it) }
            came.kept?.let { put("kept", it) }
            came.picture?.let { put("picture", it) }
        }
    }

    private fun failed(error: CoreException) = buildJsonObject {
        put("error", error.trouble.id)
        put("at", error.trouble.at)
        put(error.trouble.said)
    }

    private suspend fun came(turn: JsonObject, people: People): Came {
        val name = turn.text("device")
        val device = if (turn.text("do") == "set-up") newDevice(name, turn) else devices.getValue(name)
        device.clock.told = reading(turn.getValue("clock").jsonObject)
        return when (turn.text("do")) {
            "set-up" -> done {
                device.open()
                turn["activation"]?.takeIf { it != JsonNull }?.let { device.enrol(it.jsonPrimitive.content) }
            }
            "reopen" -> done {
                device.close()
                device.open()
            }
            "enrol" -> done { device.enrol(turn.text("activation")) }
            else -> device.wallet?.let { PhoneTurns(it, people, kept).play(turn) }
                ?: StationTurns(checkNotNull(device.station)).play(turn)
        }
    }

    private inline fun done(act: () -> Unit): Came {
        act()
        return Came()
    }

    private fun newDevice(name: String, turn: JsonObject): Device {
        val roots = turn.getValue("roots").jsonObject
        val config = Config(
            folder.resolve("${devices.size}.sqlite").toString(),
            turn.text("issuer"),
            turn.getValue("pinned").jsonArray.map { it.jsonPrimitive.content.hexToByteArray() },
            Roots(roots.text("hot").hexToByteArray(), roots.text("cold").hexToByteArray()),
        )
        val signer = if (inHardware) P256Signer() else null
        return Device(config, turn.text("kind"), signer).also { devices[name] = it }
    }

    private fun reading(clock: JsonObject) = ClockReading(
        Instant.ofEpochSecond(clock.getValue("wall").jsonPrimitive.long),
        clock.getValue("since_boot_ms").jsonPrimitive.long.toULong(),
        clock.text("boot"),
    )
}

/** Keeps what a person saw until they agree to it; what goes to the conductor is its number. */
fun MutableList<Any>.keep(seen: Any): JsonElement {
    add(seen)
    return JsonPrimitive(lastIndex)
}
