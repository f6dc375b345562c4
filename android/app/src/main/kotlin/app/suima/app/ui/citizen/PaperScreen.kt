package app.suima.app.ui.citizen

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.suima.app.model.PaperActions
import app.suima.app.model.PaperState
import app.suima.app.model.Remedy
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Card
import app.suima.app.ui.parts.Fact
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.SteppingBand
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima

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
        if (state.index >= 0) SteppingBand(state.people, state.index, actions::show)
        state.paper?.let { paper ->
            Card {
                Line(say(paper.said), style = Suima.type.heading)
                paper.current?.let { Fact(say(Label.SERIAL), it.serial) }
                Fact(say(Label.AS_OF), minute(paper.asOf))
            }
        }
    }
}
