package app.suima.app.model

import suima.ChallengeView
import suima.ConfirmedView

/** The screen Challenge: what a portal or a terminal asks the user to confirm. */
data class ChallengeState(
    /** What waits for an answer, the oldest first. */
    val waiting: List<ChallengeView> = emptyList(),
    /** What is asked on the screen: first the digits to compare, then the question. */
    val asked: ChallengeView? = null,
    /** What came of the last answer, until it was read. */
    val outcome: ConfirmedView? = null,
    /** Whether the issuer is being asked. */
    val busy: Boolean = false,
    /** What is to be said above the screen. */
    val banners: List<Banner> = emptyList(),
)

/** What the screen Challenge can ask for. */
interface ChallengeActions {
    /** Takes what was scanned from the screen of a portal or a terminal. */
    fun scan(text: String)

    /** Opens one that waits. */
    fun open(id: String)

    /** Agrees to exactly what is asked. */
    fun agree()

    /** Declines it. */
    fun decline()

    /** Leaves it unanswered, or waits no longer for an answer. */
    fun leave()

    /** The outcome and the banner were read. */
    fun dismiss()
}
