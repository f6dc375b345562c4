package app.suima.app.ui.family

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.suima.app.model.FamilyActions
import app.suima.app.model.FamilyState
import app.suima.app.model.Remedy
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Asking
import app.suima.app.ui.parts.Card
import app.suima.app.ui.parts.Field
import app.suima.app.ui.parts.Heading
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PersonCard
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.Told
import app.suima.app.ui.parts.Typed
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima

/** Adds somebody: at once where the register knows them as the user's, and otherwise by their consent. */
@Composable
fun AddRelativeScreen(state: FamilyState, actions: FamilyActions, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) {
    Page(say(Label.ADD_RELATIVE), onBack, state.banners, onRemedy) {
        state.added?.let { Told(say(Label.ADDED, it.name), Suima.colours.done, Sign.YES) }
        state.sent?.let { Told(say(Label.ASK_SENT, it.name, minute(it.expires)), Suima.colours.done, Sign.YES) }
        if (state.busy) Asking(actions::cancel)
        if (state.canHold.isNotEmpty()) Heading(say(Label.KNOWN_RELATIVES))
        state.canHold.forEach { person ->
            PersonCard(person, state.people.indexOf(person), say(Label.NOT_HELD)) {
                PressButton(say(Label.ADD), { actions.hold(person.slot) }, Modifier.fillMaxWidth(), Weight.PLAIN, !state.busy)
            }
        }
        Redeem(state.busy, actions)
        Ask(state.busy, actions)
    }
}

@Composable
private fun Redeem(busy: Boolean, actions: FamilyActions) {
    var code by rememberSaveable { mutableStateOf("") }
    Card {
        Heading(say(Label.REDEEM))
        Field(say(Label.ONE_TIME_CODE), code, { code = it }, typed = Typed.DIGITS)
        PressButton(say(Label.ADD), { actions.redeem(code) }, Modifier.fillMaxWidth(), enabled = code.isNotBlank() && !busy)
    }
}

@Composable
private fun Ask(busy: Boolean, actions: FamilyActions) {
    var document by rememberSaveable { mutableStateOf("") }
    var name by rememberSaveable { mutableStateOf("") }
    Card {
        Heading(say(Label.ASK_ADULT))
        Field(say(Label.FULL_NAME), name, { name = it })
        Field(say(Label.DOCUMENT), document, { document = it }, typed = Typed.CAPITALS)
        PressButton(
            say(Label.SEND_ASK),
            { actions.ask(document, name) },
            Modifier.fillMaxWidth(),
            enabled = document.isNotBlank() && name.isNotBlank() && !busy,
        )
    }
}
