package app.suima.app.platform

import app.suima.app.model.DoorModel
import app.suima.app.model.EnrolModel
import app.suima.app.model.SamplingModel
import app.suima.app.model.Signals
import app.suima.app.model.StationLife
import app.suima.app.model.Uptime
import app.suima.app.model.Work
import kotlinx.coroutines.withContext
import suima.CoreException
import suima.Station

/** A station that is open, and the models of its screens. */
class Staff(private val station: Station, private val work: Work, signals: Signals, uptime: Uptime) {
    val life = StationLife(station, work)
    val enrol = EnrolModel(life)
    val sampling = SamplingModel(life, signals, uptime)
    val door = DoorModel(life, signals, uptime)

    /** Whether the station is enrolled, as far as its journal says so. */
    suspend fun isEnrolled(): Boolean = withContext(work.blocking) {
        try {
            station.status().enrolled
        } catch (_: CoreException) {
            false
        }
    }
}
