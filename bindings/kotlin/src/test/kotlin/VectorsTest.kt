import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.longOrNull
import kotlinx.serialization.json.put
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import suima.Place
import suima.Presented
import suima.ReasonView
import suima.RevocationLine
import suima.Roots
import suima.VerdictView
import suima.Verifier
import suima.VerifierException

/** Every vector of `tests/vectors`, unchanged, through the shared library. */
class VectorsTest {
    private val folder = Path.of(System.getProperty("suima.vectors"))

    @TestFactory
    fun vectors(): List<DynamicTest> {
        val files = Files.list(folder).use { all -> all.filter { it.name.endsWith(".json") }.sorted().toList() }
        assertTrue(files.isNotEmpty(), "no vectors in $folder")
        return files.flatMap(::casesOf)
    }

    private fun casesOf(file: Path): List<DynamicTest> {
        val root = Json.parseToJsonElement(file.readText()).jsonObject
        val worlds = root.getValue("worlds").jsonObject.mapValues { (_, world) -> verifier(world.jsonObject) }
        return root.getValue("cases").jsonArray.map { element ->
            val case = element.jsonObject
            val world = worlds.getValue(case.text("world"))
            DynamicTest.dynamicTest("${file.name}: ${case.text("name")}") {
                assertEquals(case.getValue("expect").jsonObject, answer(world, case))
            }
        }
    }

    private fun answer(world: Verifier, case: JsonObject): JsonObject = try {
        when (val kind = case.text("object")) {
            "code" -> verdict(world.verify(case.text("text"), place(case.text("place")), case.time("now")))
            "trust" -> version(world.checkTrust(case.bytes("hex")))
            "policy" -> version(world.checkPolicy(case.bytes("hex"), case.time("now")))
            "head" -> world.checkHead(case.bytes("hex"), case.bytes("nonce"), case.time("now")).let { head ->
                accepted {
                    put("iat", head.iat.epochSecond)
                    put("sequences", buildJsonArray { head.sequences.forEach { add(JsonPrimitive(it.toLong())) } })
                }
            }
            "revocations" -> world.checkRevocations(case.bytes("hex"), case.time("now")).let { list ->
                accepted {
                    put("kind", list.kind.toInt())
                    put("sequence", list.sequence.toLong())
                    put("base", list.base?.let { JsonPrimitive(it.toLong()) } ?: JsonNull)
                    put("lines", JsonArray(list.lines.map(::line)))
                }
            }
            else -> error("no such object: $kind")
        }
    } catch (refused: VerifierException.Refused) {
        refusal(refused.reason)
    }

    private fun line(line: RevocationLine) = buildJsonArray {
        add(JsonPrimitive(line.number.toLong()))
        add(JsonPrimitive(line.before.epochSecond))
        add(JsonPrimitive(line.cause.toInt()))
    }

    private fun verifier(world: JsonObject): Verifier = Verifier(
        Roots(world.bytes("hot"), world.bytes("cold")),
        world.bytes("trust"),
        world.bytes("policy"),
        world.getValue("lines").jsonArray.map { element ->
            val line = element.jsonObject
            RevocationLine(
                line.getValue("kind").jsonPrimitive.int.toUByte(),
                line.getValue("number").jsonPrimitive.long.toUInt(),
                line.time("before"),
                line.getValue("cause").jsonPrimitive.int.toUByte(),
            )
        },
        world["as_of"]?.jsonPrimitive?.longOrNull?.let(Instant::ofEpochSecond),
        // Some worlds are about a trust bundle that has expired: what a verifier knows it learned before.
        Instant.EPOCH,
    )

    private fun verdict(verdict: VerdictView): JsonObject {
        verdict.reason?.let { return refusal(it) }
        return accepted {
            put("shown", shown(verdict.shown!!))
            put("slot", verdict.slot!!.toLong())
            put("cautions", buildJsonArray {
                if (verdict.validityNotChecked) add(JsonPrimitive("validity-not-checked"))
                if (verdict.compareIdCard) add(JsonPrimitive("compare-id-card"))
            })
            verdict.knowledgeAge?.let { put("knowledge_age", it.toLong()) }
        }
    }

    private fun refusal(reason: ReasonView) = buildJsonObject {
        assertTrue(reason.sentenceZh.isNotBlank() && reason.sentenceEn.isNotBlank())
        put("verdict", "refused")
        put("reason", reason.id)
        reason.at?.let { put("at", it.epochSecond) }
        reason.from?.let { put("from", it.epochSecond) }
        reason.by?.let { put("by", it.toLong()) }
        reason.kid?.let { put("kid", it) }
        reason.trust?.let { put("trust", it.epochSecond) }
        reason.place?.let { put("place", placeName(it)) }
    }

    private fun version(version: UInt) = accepted { put("version", version.toLong()) }

    private fun accepted(more: kotlinx.serialization.json.JsonObjectBuilder.() -> Unit) = buildJsonObject {
        put("verdict", "accepted")
        more()
    }

    private fun place(name: String) = Place.entries.single { placeName(it) == name }

    private fun placeName(place: Place) = place.name.lowercase().replace('_', '-')

    private fun shown(presented: Presented) = presented.name.lowercase().replace('_', '-')

    private fun JsonObject.text(key: String) = getValue(key).jsonPrimitive.content

    private fun JsonObject.time(key: String): Instant = Instant.ofEpochSecond(getValue(key).jsonPrimitive.long)

    private fun JsonObject.bytes(key: String) = text(key).hexToByteArray()
}
