package app.suima.app.ui.family

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.suima.app.model.FamilyActions
import app.suima.app.model.FamilyState
import app.suima.app.model.Remedy
import app.suima.app.ui.Label
import app.suima.app.ui.Screen
import app.suima.app.ui.parts.Asking
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PersonCard
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Way
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.day
import app.suima.app.ui.parts.say

/** The user's people: whose codes are here, who can be added, and who holds them. */
@Composable
fun FamilyScreen(state: FamilyState, actions: FamilyActions, onOpen: (Screen) -> Unit, onRemedy: (Remedy) -> Unit) {
    Page(
        say(Label.FAMILY),
        null,
        state.banners,
        onRemedy,
        bottom = { PressButton(say(Label.ADD_RELATIVE), { onOpen(Screen.ADD_RELATIVE) }, Modifier.fillMaxWidth()) },
    ) {
        if (state.busy) Asking(actions::cancel)
        if (state.asks.isNotEmpty()) {
            Way(say(Label.CONSENT), { onOpen(Screen.CONSENT) }, beneath = "${state.asks.size}")
        }
        state.people.forEachIndexed { index, person ->
            val until = person.nucleicAcidUntil
            val beneath = when {
                !person.held -> say(Label.NOT_HELD)
                person.inDoubt -> say(Label.IN_DOUBT)
                until != null -> say(Label.CODE_UNTIL, day(until.minusSeconds(1)))
                else -> say(Label.HELD)
            }
            PersonCard(person, index, beneath) {
                if (person.held) {
                    PressButton(
                        say(Label.WHO_HOLDS),
                        {
                            actions.openHolders(person.slot)
                            onOpen(Screen.HOLDERS)
                        },
                        Modifier.fillMaxWidth(),
                        Weight.PLAIN,
                    )
                } else {
                    PressButton(say(Label.ADD), { actions.hold(person.slot) }, Modifier.fillMaxWidth(), Weight.PLAIN, !state.busy)
                }
            }
        }
    }
}
