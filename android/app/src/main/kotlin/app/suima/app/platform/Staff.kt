package app.suima.app.platform

import app.suima.app.model.DoorModel
import app.suima.app.model.EnrolModel
import app.suima.app.model.SamplingModel
import app.suima.app.model.Signals
import app.suima.app.model.StationLife
import app.suima.app.model.Uptime
import app.suima.app.model.Work
import suima.Station

/** A station that is open, and the models of its screens. */
class Staff(private val station: Station, work: Work, signals: Signals, uptime: Uptime) {
    val life = StationLife(station, work)
    val enrol = EnrolModel(life)
    val sampling = SamplingModel(life, signals, uptime)
    val door = DoorModel(life, signals, uptime)

    /** Whether the station is enrolled. Asks the database. */
    fun isEnrolled(): Boolean = station.status().enrolled
}
