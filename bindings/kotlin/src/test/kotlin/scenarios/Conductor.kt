package scenarios

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration
import java.util.concurrent.TimeUnit
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** One run of a scenario. */
class Trial(val number: Int, val name: String, val network: String)

/** The program that reads the scenarios, plays the city, and compares: `tests/scenarios/README.md`, "Players". */
class Conductor(program: String) : AutoCloseable {
    private val process: Process = ProcessBuilder(program).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    private val client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
    private val address: String

    init {
        val line = process.inputReader().readLine() ?: error("the conductor did not start")
        check(line.startsWith(READY)) { "the conductor said: $line" }
        address = line.removePrefix(READY).trim()
    }

    fun trials(): List<Trial> =
        send(HttpRequest.newBuilder(URI("$address/trials")).GET()).jsonArray.map {
            val trial = it.jsonObject
            val number = trial.getValue("number").jsonPrimitive.int
            Trial(number, trial.text("name"), trial.text("network"))
        }

    /** Begins a trial; gives the first turn. */
    fun begin(trial: Trial): JsonObject = post("/trials/${trial.number}", "")

    /** Gives the next turn. */
    fun answer(trial: Trial, answer: JsonObject): JsonObject = post("/trials/${trial.number}/turns", answer.toString())

    private fun post(path: String, body: String): JsonObject {
        val request = HttpRequest.newBuilder(URI(address + path)).header("content-type", "application/json")
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body))).jsonObject
    }

    private fun send(request: HttpRequest.Builder): JsonElement {
        val response = client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString())
        check(response.statusCode() == OK) { "${response.uri().path}: ${response.statusCode()} ${response.body()}" }
        return Json.parseToJsonElement(response.body())
    }

    override fun close() {
        process.outputStream.close()
        check(process.waitFor(20, TimeUnit.SECONDS)) { "the conductor did not end" }
    }

    private companion object {
        const val READY = "ready "
        const val OK = 200
        val PATIENCE: Duration = Duration.ofMinutes(2)
    }
}
