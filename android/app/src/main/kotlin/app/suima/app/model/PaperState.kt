package app.suima.app.model

import suima.PaperView
import suima.PersonView
import suima.ReminderView

/** The screens Paper and Reminders: what the phone knows of paper codes. They are made and printed elsewhere. */
data class PaperState(
    /** Whose paper code can be looked at: everybody whose codes are held. */
    val people: List<PersonView> = emptyList(),
    /** Whose is on the screen. */
    val slot: UInt? = null,
    /** What is known of it. */
    val paper: PaperView? = null,
    /** What ends soon and what waits for an answer, the earliest first. */
    val reminders: List<ReminderView> = emptyList(),
    /** What is to be said above the screen. */
    val banners: List<Banner> = emptyList(),
) {
    /** The place of the person on the screen among [people]; -1 while there is nobody. */
    val index: Int get() = people.indexOfFirst { it.slot == slot }
}

/** What the screen Paper can ask for. */
interface PaperActions {
    /** Shows what is known of this person's paper code. */
    fun show(slot: UInt)

    /** Fetches what has changed. */
    fun refresh()
}
