package app.suima.app.model

import suima.Signal

/** The phone's album. Called on the dispatcher for what blocks; whatever it throws is told as "not saved". */
fun interface Album {
    /** Saves a PNG picture under this name. */
    fun save(name: String, picture: ByteArray)
}

/** Light, sound and vibration of a staff member's phone, and the door of a gate. Must return at once. */
fun interface Signals {
    /** Gives the signal of a verdict. `ADMIT`, and nothing else, opens a door. */
    fun give(signal: Signal)
}

/** A clock for scanners and cameras that does not run back; on a phone its uptime. */
fun interface Uptime {
    /** Milliseconds since any moment that stays the same. */
    fun milliseconds(): ULong
}
