package app.suima.app.model

import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.delay
import suima.CameraReader
import suima.WedgeReader

/** What cameras see and scanners type, as texts, each once. */
internal class Scanning(private val uptime: Uptime) {
    private val camera = CameraReader()
    private val wedge = WedgeReader()

    /** Takes a text that was read at once, unless it is the one just taken. */
    suspend fun scan(text: String, take: suspend (String) -> Unit) {
        if (camera.isNew(text, uptime.milliseconds())) take(text)
    }

    /** Takes what was typed, once it is complete: ended by Enter, or by a pause. */
    suspend fun typed(characters: String, take: suspend (String) -> Unit) {
        wedge.typed(characters, uptime.milliseconds()).forEach { take(it) }
        delay(PAUSE)
        wedge.paused(uptime.milliseconds())?.let { take(it) }
    }

    private companion object {
        /** When to ask whether a pause has ended a text; the core decides whether it has. */
        val PAUSE = 500.milliseconds
    }
}
