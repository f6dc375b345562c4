package app.suima.app.model

import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.collectLatest
import suima.Station
import suima.cancellable

/**
 * The life of a [station]: synced when the app begins, when it comes back, and by the schedule; what waits is uploaded
 * each time.
 */
class StationLife(internal val station: Station, work: Work, schedule: Schedule = Schedule(STATION)) :
    Life(work, schedule) {
    /** Has a model [read] each time that something may have changed, and each minute: knowledge grows old while nothing happens. */
    internal suspend fun keepReading(read: suspend () -> Unit) = editions.collectLatest { open ->
        while (open) {
            read()
            delay(MINUTE)
        }
    }

    override suspend fun fetch() {
        cancellable { handle -> station.sync(handle) }
        cancellable { handle -> station.upload(handle) }
    }

    override fun pauseCore() = station.pause()

    override fun resumeCore() = station.resume()

    override fun stopCore() = station.shutDown()

    private companion object {
        val MINUTE = 1.minutes
    }
}
