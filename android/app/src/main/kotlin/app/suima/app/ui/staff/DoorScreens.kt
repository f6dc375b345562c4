package app.suima.app.ui.staff

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.suima.app.model.DoorActions
import app.suima.app.model.DoorState
import app.suima.app.model.Remedy
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Asking
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Viewfinder
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.say
import suima.DoorView

/** A gate: a machine that stands alone. Only `ADMIT` looks like yes. */
@Composable
fun GateScreen(state: DoorState, actions: DoorActions, finder: Viewfinder, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) =
    Door(state, state.status?.name ?: say(Label.GATE), actions, finder, onRemedy, onBack, foot = null)

/** A staff member at a door: codes, paper codes with the ID card, ID cards alone. */
@Composable
fun ManualCheckScreen(state: DoorState, actions: DoorActions, finder: Viewfinder, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) {
    var card by rememberSaveable { mutableStateOf(false) }
    if (card || state.card != null) {
        val back = { if (card) card = false else actions.next() }
        IdCardScreen(state.card, state.banners, onRemedy, back, Label.LOOK_UP, state.wantsCard) { number, name ->
            card = false
            actions.idCard(number, name)
        }
        return
    }
    Door(
        state,
        say(Label.MANUAL_CHECK),
        actions,
        finder,
        onRemedy,
        onBack,
        foot = {
            PressButton(
                say(if (state.wantsCard) Label.COMPARE_CARD else Label.ID_CARD),
                { card = true },
                Modifier.fillMaxWidth(),
                if (state.wantsCard) Weight.FULL else Weight.PLAIN,
                !state.busy,
            )
            if (state.verdict != null) PressButton(say(Label.NEXT), actions::next, Modifier.fillMaxWidth(), Weight.PLAIN)
        },
    )
}

@Composable
private fun Door(
    state: DoorState,
    title: String,
    actions: DoorActions,
    finder: Viewfinder,
    onRemedy: (Remedy) -> Unit,
    onBack: () -> Unit,
    foot: (@Composable ColumnScope.() -> Unit)?,
) {
    val verdict = state.verdict
    Light(
        look(verdict?.view?.signal),
        title,
        knowledge(state.status),
        null,
        onBack,
        finder,
        actions::scan,
        state.banners,
        onRemedy,
        foot,
    ) {
        if (verdict == null) Ready(say(Label.READY)) else VerdictText(verdict.view.seen(verdict.number), atDoor = true)
        if (state.busy) Asking(null)
    }
}

private fun DoorView.seen(number: Int) = Verdict(number, signal, said, cautions, shown?.name, shown?.birthYear, shown?.presented, colour)
