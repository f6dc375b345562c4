package app.suima.app.model

import suima.DoorView
import suima.StationStatus

/** What stands at the door. */
enum class DoorPlace {
    /** A machine: screen Gate. */
    GATE,

    /** A staff member: screen ManualCheck. */
    MANUAL_CHECK,
}

/** The last verdict at the door. */
data class DoorVerdict(
    /** Counts up with each scan, so that the same verdict twice is seen to be two. */
    val number: Int,
    /** The core's answer. */
    val view: DoorView,
)

/** The screens Gate and ManualCheck. */
data class DoorState(
    /** Which of the two. */
    val place: DoorPlace = DoorPlace.GATE,
    /** How the station is, and how old its knowledge. */
    val status: StationStatus? = null,
    /** The last verdict; a gate shows it for some seconds, so that nobody walks by the one before. */
    val verdict: DoorVerdict? = null,
    /** Whether the last code wants an ID card beside it: a paper code that counts. */
    val wantsCard: Boolean = false,
    /** An ID number that was scanned beside a paper code, and wants the name on the card. */
    val card: String? = null,
    /** Whether the issuer is being asked about a card. */
    val busy: Boolean = false,
    /** Whether the knowledge is being synced. */
    val syncing: Boolean = false,
    /** What is to be said above the screen. */
    val banners: List<Banner> = emptyList(),
)

/** What the screens at a door can ask for. */
interface DoorActions {
    /** Stands at a gate, or beside a staff member. */
    fun stand(place: DoorPlace)

    /** Takes whatever a camera or a scanner read. The same text again at once is one scan. */
    fun scan(text: String)

    /** Takes what a scanner typed as a keyboard, one character or several. */
    fun typed(characters: String)

    /** Asks the issuer about an ID card; with the paper code that wants it, where there is one. */
    fun idCard(idNumber: String, name: String)

    /** Waits for the next person. */
    fun next()

    /** Fetches keys, policy and lists. */
    fun sync()
}
