package app.suima.app.model

import suima.Station
import suima.cancellable

/**
 * The life of a [station]: synced when the app begins, when it comes back, and by the schedule; what waits is uploaded
 * each time.
 */
class StationLife(internal val station: Station, internal val work: Work, schedule: Schedule = Schedule(STATION)) :
    Life(work, schedule) {
    override suspend fun fetch() {
        cancellable { handle -> station.sync(handle) }
        cancellable { handle -> station.upload(handle) }
    }

    override fun pauseCore() = station.pause()

    override fun resumeCore() = station.resume()

    override fun stopCore() = station.shutDown()
}
