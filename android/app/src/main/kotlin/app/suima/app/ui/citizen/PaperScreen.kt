package app.suima.app.ui.citizen

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.suima.app.model.PaperActions
import app.suima.app.model.PaperState
import app.suima.app.model.Remedy
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Band
import app.suima.app.ui.parts.Card
import app.suima.app.ui.parts.Fact
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.SignButton
import app.suima.app.ui.parts.Told
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima
import app.suima.app.ui.theme.band
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.size
import androidx.compose.ui.unit.dp

/** What is known of a person's paper code; it is made and printed elsewhere. */
@Composable
fun PaperScreen(state: PaperState, actions: PaperActions, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) {
    Page(
        say(Label.PAPER),
        onBack,
        state.banners,
        onRemedy,
        bottom = { PressButton(say(Label.REFRESH), actions::refresh, Modifier.fillMaxWidth(), Weight.PLAIN) },
    ) {
        val index = state.people.indexOfFirst { it.slot == state.slot }
        state.person?.let { person ->
            Band(
                person.name,
                person.relation,
                index,
                before = { Step(Sign.BACK, Label.PREVIOUS, state, index - 1, index, actions) },
                after = { Step(Sign.FORWARD, Label.NEXT, state, index + 1, index, actions) },
            )
        }
        state.paper?.let { paper ->
            Card {
                Line(say(paper.said), style = Suima.type.heading)
                paper.current?.let { Fact(say(Label.SERIAL), it.serial) }
                Fact(say(Label.AS_OF), minute(paper.asOf))
            }
            paper.notices.forEach { Told(say(it), Suima.colours.notice, Sign.LOOK) }
        }
    }
}

@Composable
private fun Step(sign: Sign, label: Label, state: PaperState, to: Int, index: Int, actions: PaperActions) {
    val person = state.people.getOrNull(to)
    if (person == null) Spacer(Modifier.size(56.dp)) else SignButton(sign, say(label), { actions.show(person.slot) }, ink = band(index).ink)
}
