package app.suima.app.model

import suima.RegistrationView
import suima.Said
import suima.SeatView
import suima.SessionView
import suima.StationStatus
import suima.TubeView

/** The last verdict at the tube. */
data class SamplingVerdict(
    /** Counts up with each scan, so that the same verdict twice is seen to be two. */
    val number: Int,
    /** The core's answer. */
    val registration: RegistrationView,
)

/** An ID card that may be of somebody who is in the tube already. */
data class MaybeTwiceQuestion(
    /** As it was read or typed. */
    val idNumber: String,
    /** As it was read or typed. */
    val name: String,
    /** What to ask. */
    val said: Said,
    /** Who sits there. */
    val seat: SeatView?,
)

/** The screen Seal. */
data class SealState(
    /** The swabs that were counted; none before. */
    val swabs: UByte? = null,
    /** Why the tube was not sealed: to be explained, or counted again. */
    val refused: Said? = null,
)

/** What an upload brought. */
data class UploadState(
    /** Whether one is under way. */
    val busy: Boolean = false,
    /** How many entries the issuer acknowledged in the last one; none before the first. */
    val acknowledged: UInt? = null,
)

/** The screens Session, Tube, IdCard, ByHand, Seal, HandOver, Upload and Conflicts. */
data class SamplingState(
    /** How the station is: how old its knowledge, how many entries wait, which are at odds with others. */
    val status: StationStatus? = null,
    /** Who works where; none before a session is opened. */
    val session: SessionView? = null,
    /** The tubes that are open. */
    val tubes: List<TubeView> = emptyList(),
    /** The tube in hand, or the last one. */
    val tube: TubeView? = null,
    /** The last verdict: in large colour, word and sign. */
    val verdict: SamplingVerdict? = null,
    /** What is asked about an ID card. */
    val question: MaybeTwiceQuestion? = null,
    /** An ID number that was scanned and wants the name on the card: opens the screen IdCard. */
    val card: String? = null,
    /** A barcode that was scanned and is not of an open tube: opens the choice of a capacity. */
    val barcode: String? = null,
    /** The screen Seal, while it is open. */
    val seal: SealState? = null,
    /** The upload. */
    val upload: UploadState = UploadState(),
    /** Whether the knowledge is being synced. */
    val syncing: Boolean = false,
    /** What is to be said above the screen. */
    val banners: List<Banner> = emptyList(),
)

/** What the screens of sampling can ask for. */
interface SamplingActions {
    /** Begins a session. */
    fun openSession(site: String, staff: String)

    /** Hands the session over. */
    fun handOver(staff: String)

    /** Opens a tube for 1, 5, 10 or 20 people; [beside] the one that is open, or after it was sealed. */
    fun openTube(barcode: String, capacity: UByte, beside: Boolean)

    /** Takes another open tube in hand. */
    fun select(barcode: String)

    /** Takes whatever was read: a code, an ID number, a barcode. The same text again at once is one scan. */
    fun scan(text: String)

    /** Takes what a scanner typed as a keyboard, one character or several. */
    fun typed(characters: String)

    /** Registers by ID card. */
    fun idCard(idNumber: String, name: String)

    /** Registers somebody who is not in the register. */
    fun byHand(name: String, document: String?, contact: String)

    /** Answers the question: they are two people, register this one too. */
    fun differentPeople()

    /** Answers the question: it is the same person, register nobody. */
    fun samePerson()

    /** Takes a registration back, for a reason. */
    fun undo(entry: String, reason: String)

    /** Moves a registration to another open tube, for a reason. */
    fun move(entry: String, barcode: String, reason: String)

    /** Opens the screen Seal. */
    fun openSeal()

    /** Seals the tube in hand with the swabs counted, and an explanation where one was asked for. */
    fun seal(swabs: UByte, explanation: String?)

    /** Leaves the screens Seal and IdCard and the choice of a capacity. */
    fun leave()

    /** Uploads what waits. */
    fun upload()

    /** Fetches keys, policy and lists. */
    fun sync()

    /** A banner about something that was asked for was read. */
    fun dismissBanner()
}
