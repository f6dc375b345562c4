package app.suima.app.model

import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.delay
import suima.CameraReader
import suima.WedgeReader

/** What cameras see and scanners type, as texts, each once. */
internal class Scanning(private val uptime: Uptime) {
    private val camera = CameraReader()
    private val wedge = WedgeReader()

    /** How often something was typed: whoever typed last asks what a pause has ended. */
    private var latest = 0

    /** Takes a text that was read at once, unless it is the one just taken. */
    suspend fun scan(text: String, take: suspend (String) -> Unit) {
        if (camera.isNew(text, uptime.milliseconds())) take(text)
    }

    /** Takes what was typed, once it is complete: ended by Enter, or by a pause. */
    suspend fun typed(characters: String, take: suspend (String) -> Unit) {
        wedge.typed(characters, uptime.milliseconds()).forEach { take(it) }
        latest += 1
        val mine = latest
        for (pause in PAUSES) {
            delay(pause)
            if (mine != latest) return
            wedge.paused(uptime.milliseconds())?.let { take(it) }
        }
    }

    private companion object {
        /** When to ask whether a pause has ended a text, and again for a code that was cut short; the core decides whether it has. */
        val PAUSES = listOf(500.milliseconds, 1600.milliseconds)
    }
}
