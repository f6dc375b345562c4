package scenarios

import java.time.Instant
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import suima.MadeView
import suima.Place
import suima.Said

/** Who is in the register: results speak their names. */
class People(private val people: JsonArray) {
    fun of(slot: UInt): String = nameWhere { it.getValue("slot").jsonPrimitive.long == slot.toLong() } ?: "nobody"

    fun named(fullName: String): String = nameWhere { it.text("full-name") == fullName } ?: fullName

    private fun nameWhere(matches: (JsonObject) -> Boolean): String? =
        people.map { it as JsonObject }.find(matches)?.text("name")
}

private val MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"))

fun moment(at: Instant): String = MOMENT.format(at)

/** The word of the scenarios for a variant of an enum. */
val Enum<*>.word: String
    get() = name.lowercase().replace('_', '-')

fun placeOf(word: String): Place = Place.entries.single { it.word == word }

fun JsonObjectBuilder.put(said: Said) {
    put("zh", said.zh)
    put("en", said.en)
}

fun JsonObjectBuilder.put(key: String, at: Instant?) {
    put(key, at?.let { JsonPrimitive(moment(it)) } ?: JsonNull)
}

fun texts(all: Iterable<String>) = JsonArray(all.map(::JsonPrimitive))

fun <T> objects(all: Iterable<T>, write: JsonObjectBuilder.(T) -> Unit) = JsonArray(all.map { buildJsonObject { write(it) } })

fun made(people: People, made: MadeView?): JsonElement =
    made?.let {
        buildJsonObject {
            put("at", made.at)
            put("by", people.named(made.by))
            put("voided", made.voided)
        }
    } ?: JsonNull

fun doubt(since: Instant?): JsonElement =
    since?.let {
        buildJsonObject {
            put("is", "regeneration-pending")
            put("since", since)
        }
    } ?: JsonNull

fun JsonObject.text(key: String): String = getValue(key).jsonPrimitive.content

fun JsonObject.isTrue(key: String): Boolean = getValue(key).jsonPrimitive.boolean

val JsonObject.slot: UInt
    get() = getValue("slot").jsonPrimitive.long.toUInt()
