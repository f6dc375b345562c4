package app.suima.app.model

import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import kotlin.text.Charsets.UTF_8

/** A browser at the PC portal of a city, as far as its pages need one: they work with no script. */
class Portal(private val address: String) {
    private val client = HttpClient.newHttpClient()
    private val cookies = mutableMapOf<String, String>()

    /** The page on the screen. */
    var page = ""
        private set

    /** Whether somebody is logged in: then there are people to choose among. */
    var loggedIn = false
        private set

    /** What the first code says that is on the screen or on the sheet. */
    val code: String get() = textOf(page.split("<svg").drop(1).first { "h1v1h-1z" in it }.substringBefore("</svg>"))

    /** The digits on the screen, to be compared. */
    val check: String get() = page.substringAfter("<output>").substringBefore("</output>")

    /** Shows a code for logging in. */
    fun logIn() = send("/portal/log-in", emptyList())

    /** Looks at the first page again. */
    fun look() = open("/portal")

    /** Asks for a paper code, after the page that says what that does. */
    fun applyForPaper(slot: UInt) {
        val fields = listOf("act" to "apply-paper", "slot" to "$slot")
        open("/portal/preview?" + fields.joinToString("&") { (name, value) -> "$name=$value" })
        val seen = page.substringAfter("name=\"seen\" value=\"", "").substringBefore('"')
        send("/portal/ask", if (seen.isEmpty()) fields else fields + ("seen" to seen))
    }

    /** Prints what was agreed to, and reads the code on the sheet. */
    fun print(): String {
        open("/portal/confirm")
        open("/portal/print/" + page.substringAfter("/portal/print/").substringBefore('"'))
        return code
    }

    private fun open(path: String) = follow(request(path).GET())

    private fun send(path: String, fields: List<Pair<String, String>>) {
        val form = fields.joinToString("&") { (name, value) -> "$name=${URLEncoder.encode(value, UTF_8)}" }
        follow(
            request(path).header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)),
        )
    }

    private fun request(path: String) = HttpRequest.newBuilder(URI.create(address + path))
        .header("origin", address)
        .header("cookie", cookies.entries.joinToString("; ") { "${it.key}=${it.value}" })

    private tailrec fun follow(request: HttpRequest.Builder) {
        val answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
        for (cookie in answer.headers().allValues("set-cookie")) {
            val (name, value) = cookie.substringBefore(';').split('=', limit = 2)
            cookies[name.trim()] = value.trim()
        }
        val to = answer.headers().firstValue("location").orElse(null)
        if (to != null) return follow(request(to).GET())
        check(answer.statusCode() == 200) { "${answer.uri()}: ${answer.statusCode()} ${answer.body()}" }
        page = answer.body()
        loggedIn = answer.uri().path == "/portal/people"
    }
}
