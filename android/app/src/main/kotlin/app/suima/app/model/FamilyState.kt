package app.suima.app.model

import java.time.Instant
import suima.AskView
import suima.EndedHoldingView
import suima.HolderView
import suima.KeptCodeView
import suima.MadeView
import suima.PersonView
import suima.Said

/** Who holds a person's live code, and who made which of their nucleic-acid codes. */
data class HoldersState(
    /** Whose. */
    val person: PersonView,
    /** Who holds it besides them. */
    val holders: List<HolderView> = emptyList(),
    /** Their nucleic-acid codes, the newest first; none where the user does not hold theirs. */
    val history: List<MadeView> = emptyList(),
)

/** The question before a holding is ended. */
data class EndQuestion(val holder: HolderView, val said: Said)

/** An ask that was sent to an adult. */
data class SentAsk(
    /** The name that was asked for, as it was typed. */
    val name: String,
    /** Until when they can answer. */
    val expires: Instant,
)

/** The screens Family, AddRelative, Consent and Holders. */
data class FamilyState(
    /** The user first, then everybody whose codes are held or may be. */
    val people: List<PersonView> = emptyList(),
    /** Who asks for the user's consent, and who has it and waits for the code; the oldest first. */
    val asks: List<AskView> = emptyList(),
    /** The ask that was sent last, while the screen AddRelative is open. */
    val sent: SentAsk? = null,
    /** Whose codes were added last, by holding or by a one-time code. */
    val added: PersonView? = null,
    /** The holders of the person whose screen is open. */
    val holders: HoldersState? = null,
    /** What is asked before a holding is ended. */
    val question: EndQuestion? = null,
    /** A holding that was ended, with the codes that the other may have kept. */
    val ended: EndedHoldingView? = null,
    /** What became of regenerating one of these. Where somebody was faster, the offer asks anew. */
    val outcome: Said? = null,
    /** Whether the issuer is being asked. */
    val busy: Boolean = false,
    /** What is to be said above the screen. */
    val banners: List<Banner> = emptyList(),
) {
    /** Who can be held at once, because the register knows them as the user's. */
    val canHold: List<PersonView> get() = people.filterNot { it.held }
}

/** What the screens of the family can ask for. */
interface FamilyActions {
    /** Holds the codes of somebody among [FamilyState.canHold]. */
    fun hold(slot: UInt)

    /** Asks an adult, by document and full name, whether the user may hold their codes. */
    fun ask(document: String, name: String)

    /** Holds the codes of the adult who agreed and told this one-time code. */
    fun redeem(code: String)

    /** Agrees to an ask, or declines it. The one-time code then stands in the ask. */
    fun answer(ask: String, agree: Boolean)

    /** Opens the screen Holders of this person. */
    fun openHolders(slot: UInt)

    /** Leaves the screen Holders. */
    fun closeHolders()

    /** Asks before ending a holding. */
    fun askToEnd(holder: HolderView)

    /** Agrees to the question: ends the holding. */
    fun agree()

    /** Declines the question: nothing is ended. */
    fun decline()

    /** Regenerates a code among [EndedHoldingView.offers] that the other may have kept. */
    fun regenerate(offer: KeptCodeView)

    /** The offers were read. */
    fun dismissEnded()

    /** The ask that was sent, who was added, the outcome and the banner were read. */
    fun dismiss()

    /** Waits no longer for an answer. What was begun the next refresh sees. */
    fun cancel()
}
