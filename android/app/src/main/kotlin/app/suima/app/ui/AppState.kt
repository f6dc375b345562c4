package app.suima.app.ui

import app.suima.app.model.ChallengeActions
import app.suima.app.model.ChallengeState
import app.suima.app.model.CodesActions
import app.suima.app.model.CodesState
import app.suima.app.model.DoorActions
import app.suima.app.model.DoorState
import app.suima.app.model.EnrolActions
import app.suima.app.model.EnrolState
import app.suima.app.model.FamilyActions
import app.suima.app.model.FamilyState
import app.suima.app.model.PaperActions
import app.suima.app.model.PaperState
import app.suima.app.model.Remedy
import app.suima.app.model.SamplingActions
import app.suima.app.model.SamplingState
import app.suima.app.model.SettingsActions
import app.suima.app.model.SettingsState

/** The screens. What is asked within one (a question, a seal, a capacity) opens by its state and is none of its own. */
enum class Screen {
    ENROL,
    CODES,
    CHECK_PICTURE,
    NEWS,
    REMINDERS,
    FAMILY,
    ADD_RELATIVE,
    CONSENT,
    HOLDERS,
    CHALLENGE,
    PAPER,
    MORE,
    SETTINGS,

    /** Which work: sampling, gate or manual check. */
    STAFF,
    ENROL_STATION,

    /** Session, tube, seal and capacity, as the state of sampling says. */
    SAMPLING,
    ID_CARD,
    BY_HAND,
    HAND_OVER,
    UPLOAD,
    CONFLICTS,
    GATE,
    MANUAL_CHECK,
}

/** Everything that is on the screen: where the user is, and the states of the models. */
data class AppState(
    val screen: Screen = Screen.CODES,
    val settings: SettingsState = SettingsState(),
    val enrol: EnrolState = EnrolState(),
    val codes: CodesState = CodesState(),
    val family: FamilyState = FamilyState(),
    val challenge: ChallengeState = ChallengeState(),
    val paper: PaperState = PaperState(),
    val enrolStation: EnrolState = EnrolState(),
    val sampling: SamplingState = SamplingState(),
    val door: DoorState = DoorState(),
) {
    /** Whether the ways at the foot are shown: at their screens, and not while something is asked there. */
    internal val atHome: Boolean
        get() = when (screen) {
            Screen.CODES -> codes.question == null
            Screen.FAMILY, Screen.MORE -> true
            Screen.CHALLENGE -> challenge.asked == null && challenge.outcome == null
            else -> false
        }
}

/** What the shell does for a screen. */
interface Ways {
    /** Goes to a screen. */
    fun open(screen: Screen)

    /** Goes back to where the user came from. */
    fun back()

    /** Does what a banner offers, on the screen that the user is on. */
    fun remedy(remedy: Remedy)

    /** Lets the user choose a picture from the album, reads the code in it and hands its text to [CodesActions.check]. */
    fun choosePicture()
}

/** What the screens can ask for: the models, and the shell. */
class AppActions(
    val ways: Ways,
    val settings: SettingsActions,
    val enrol: EnrolActions,
    val codes: CodesActions,
    val family: FamilyActions,
    val challenge: ChallengeActions,
    val paper: PaperActions,
    val enrolStation: EnrolActions,
    val sampling: SamplingActions,
    val door: DoorActions,
)
