package app.suima.app.model

import suima.PersonView
import suima.Wallet

/** Whose codes are held here, in the order to swipe: the user first. */
internal fun Wallet.held(): List<PersonView> = family().filter { it.held }

/** Whoever has this slot; none where nobody of the family has. */
internal fun Wallet.person(slot: UInt): PersonView? = family().firstOrNull { it.slot == slot }

/** Whose code to show: that of whoever was [chosen], as long as they are among these, and else of the first. */
internal fun List<PersonView>.slotToShow(chosen: UInt?): UInt? = (firstOrNull { it.slot == chosen } ?: firstOrNull())?.slot
