package app.suima.app.model

import suima.LiveView
import suima.NewsView
import suima.NucleicAcidView
import suima.PersonView
import suima.RegeneratedView
import suima.Relation
import suima.ReminderView
import suima.Said
import suima.SavedView
import suima.WarningView

/** Which of a person's codes is on the screen. */
enum class CodeKind { LIVE, NUCLEIC_ACID }

/** The question before a nucleic-acid code is regenerated. */
data class RegenerationQuestion(
    /** The full name of whose code. */
    val name: String,
    /** What they are to the user. */
    val relation: Relation,
    /** What would be voided, and the sentence that asks. */
    val warning: WarningView,
    /** Why it is asked once more: somebody had made another code, and nothing was voided. */
    val again: Said? = null,
)

/** The screens Codes, RegenerateQuestion, CheckPicture and News. */
data class CodesState(
    /** Whose codes are held here, in the order to swipe: the user first. */
    val people: List<PersonView> = emptyList(),
    /** Whose code is on the screen. */
    val slot: UInt? = null,
    /** Which of their codes is. */
    val kind: CodeKind = CodeKind.LIVE,
    /** The live code, drawn for now; none while the other kind is on the screen. */
    val live: LiveView? = null,
    /** The nucleic-acid code; none while the other kind is on the screen. */
    val nucleicAcid: NucleicAcidView? = null,
    /** Why there is no code to show, or why the one on the screen is not drawn anew. */
    val absent: Banner? = null,
    /** What is to be said above the code, the most pressing first. */
    val banners: List<Banner> = emptyList(),
    /** What is asked before regenerating. */
    val question: RegenerationQuestion? = null,
    /** Whether a regeneration waits for its answer. The code stays on the screen. */
    val regenerating: Boolean = false,
    /** What became of the last regeneration, until it was read. */
    val outcome: RegeneratedView? = null,
    /** What the picture is that was checked last, until it was read. */
    val checked: SavedView? = null,
    /** What others did and what ended, the newest last, until it was read. */
    val news: List<NewsView> = emptyList(),
    /** What ends soon and what waits for an answer, the earliest first. */
    val reminders: List<ReminderView> = emptyList(),
    /** Whether a refresh is under way. The code stays on the screen. */
    val refreshing: Boolean = false,
) {
    /** The person whose code is on the screen. */
    val person: PersonView? get() = people.firstOrNull { it.slot == slot }

    /** Their place among [people]; -1 while there is nobody. */
    val index: Int get() = people.indexOfFirst { it.slot == slot }
}

/** What the screens of codes can ask for. */
interface CodesActions {
    /** Shows the code of this person. */
    fun show(slot: UInt)

    /** Shows this kind of code. */
    fun show(kind: CodeKind)

    /** Fetches what has changed. */
    fun refresh()

    /** Asks before regenerating the nucleic-acid code of the person on the screen. */
    fun askToRegenerate()

    /** Agrees to the question: regenerates. */
    fun agree()

    /** Declines the question: nothing is voided. */
    fun decline()

    /** Saves the nucleic-acid code of the person on the screen to the album. */
    fun savePicture()

    /** Says what a picture from the album is, by the text of its code; none where no code was found in it. */
    fun check(text: String?)

    /** The outcome was read. */
    fun dismissOutcome()

    /** The answer about the picture was read. */
    fun dismissChecked()

    /** The news were read. */
    fun dismissNews()

    /** A banner about something that was asked for was read. */
    fun dismissBanner()
}
