package app.suima.app.ui.family

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.suima.app.model.FamilyActions
import app.suima.app.model.FamilyState
import app.suima.app.model.HoldersState
import app.suima.app.model.Remedy
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Asking
import app.suima.app.ui.parts.Band
import app.suima.app.ui.parts.Card
import app.suima.app.ui.parts.Heading
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Question
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.Told
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima
import suima.EndedHoldingView

/** Who holds a person's code, and who made which of their codes; and ending a holding. */
@Composable
fun HoldersScreen(state: FamilyState, actions: FamilyActions, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) {
    val question = state.question
    val ended = state.ended
    when {
        question != null -> Question(
            say(Label.END_TITLE),
            say(question.said),
            say(if (question.holder.thisDevice) Label.REMOVE_HERE else Label.END_HOLDING),
            actions::agree,
            say(Label.NOT_NOW),
            actions::decline,
            busy = state.busy,
        )
        ended != null -> Ended(ended, state, actions, onRemedy)
        else -> state.holders?.let { Holders(it, state, actions, onRemedy, onBack) }
    }
}

@Composable
private fun Holders(shown: HoldersState, state: FamilyState, actions: FamilyActions, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) {
    Page(say(Label.WHO_HOLDS), onBack, state.banners, onRemedy) {
        Band(shown.person.name, shown.person.relation, state.people.indexOfFirst { it.slot == shown.person.slot })
        if (state.busy) Asking(actions::cancel)
        if (shown.holders.isEmpty()) Line(say(Label.NO_HOLDERS))
        shown.holders.forEach { holder ->
            Card {
                Line(say(holder.said))
                PressButton(
                    say(if (holder.thisDevice) Label.REMOVE_HERE else Label.END_HOLDING),
                    { actions.askToEnd(holder) },
                    Modifier.fillMaxWidth(),
                    Weight.PLAIN,
                    !state.busy,
                )
            }
        }
        if (shown.history.isNotEmpty()) Heading(say(Label.HISTORY))
        shown.history.take(if (Suima.elder) 3 else 10).forEach { made ->
            val line = say(Label.MADE_LINE, minute(made.at), made.by)
            Line(if (made.voided) "$line · ${say(Label.VOIDED)}" else line, style = Suima.type.small)
        }
    }
}

/** After a holding was ended: what the other may have kept, and what can be done about it. */
@Composable
private fun Ended(ended: EndedHoldingView, state: FamilyState, actions: FamilyActions, onRemedy: (Remedy) -> Unit) {
    Page(
        say(Label.END_TITLE),
        null,
        state.banners,
        onRemedy,
        bottom = { PressButton(say(Label.READ), actions::dismissEnded, Modifier.fillMaxWidth()) },
    ) {
        Told(say(ended.said), Suima.colours.done, Sign.YES, style = Suima.type.body)
        state.outcome?.let { Told(say(it), Suima.colours.notice, Sign.NOTE, style = Suima.type.body) }
        if (state.busy) Asking(actions::cancel)
        ended.offers.forEach { offer ->
            Card {
                Line(say(offer.said))
                if (offer.confirm != null) {
                    PressButton(say(Label.REGENERATE), { actions.regenerate(offer) }, Modifier.fillMaxWidth(), Weight.PLAIN, !state.busy)
                }
            }
        }
    }
}
