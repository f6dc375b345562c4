package app.suima.app.ui.family

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.suima.app.model.FamilyActions
import app.suima.app.model.FamilyState
import app.suima.app.model.Remedy
import app.suima.app.model.Words
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Asking
import app.suima.app.ui.parts.Card
import app.suima.app.ui.parts.Digits
import app.suima.app.ui.parts.Fact
import app.suima.app.ui.parts.Heading
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.Pair
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say

/** Who asks to hold the user's codes. Whoever was told yes gets a one-time code, from mouth to ear. */
@Composable
fun ConsentScreen(state: FamilyState, actions: FamilyActions, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) {
    Page(say(Label.CONSENT), onBack, state.banners, onRemedy) {
        if (state.busy) Asking(actions::cancel)
        if (state.asks.isEmpty()) Line(say(Label.NOBODY_ASKS))
        state.asks.forEach { ask ->
            val code = ask.code
            Card {
                Heading(ask.by)
                Line(say(ask.said))
                Fact(say(Label.UNTIL), minute(ask.expires))
                if (code == null) {
                    Pair(
                        { PressButton(say(Words.AGREE), { actions.answer(ask.id, true) }, it, enabled = !state.busy) },
                        { PressButton(say(Words.DECLINE), { actions.answer(ask.id, false) }, it, Weight.PLAIN, !state.busy) },
                    )
                } else {
                    Digits(code.digits, Modifier.fillMaxWidth())
                }
            }
        }
    }
}
