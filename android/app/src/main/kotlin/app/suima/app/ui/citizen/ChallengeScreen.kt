package app.suima.app.ui.citizen

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.unit.dp
import app.suima.app.model.ChallengeActions
import app.suima.app.model.ChallengeState
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
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Question
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.Told
import app.suima.app.ui.parts.Viewfinder
import app.suima.app.ui.parts.Way
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.corner
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima
import suima.ChallengeView
import suima.ConfirmOutcome
import suima.ConfirmedView

/** What a portal or a terminal asks: scanned or waiting, compared, agreed to or declined. */
@Composable
fun ChallengeScreen(state: ChallengeState, actions: ChallengeActions, finder: Viewfinder, onRemedy: (Remedy) -> Unit) {
    val asked = state.asked
    val outcome = state.outcome
    when {
        outcome != null -> Outcome(outcome, actions)
        asked != null -> Asked(asked, state.busy, actions)
        else -> Page(say(Label.CHALLENGE), null, state.banners, onRemedy) {
            if (state.waiting.isNotEmpty()) Heading(say(Label.WAITING))
            state.waiting.forEach { challenge ->
                Way(challenge.placeName, { actions.open(challenge.id) }, beneath = "${say(Label.UNTIL)} ${minute(challenge.expires)}")
            }
            Line(say(Label.CHALLENGE_HOW))
            finder(actions::scan, Modifier.fillMaxWidth().height(240.dp).clip(corner))
            if (state.busy) Asking(actions::leave)
        }
    }
}

/** First the digits, then the question: a relayed challenge shows others. */
@Composable
private fun Asked(asked: ChallengeView, busy: Boolean, actions: ChallengeActions) {
    var compared by rememberSaveable(asked.id) { mutableStateOf(false) }
    if (!compared) {
        Question(
            say(Label.COMPARE),
            say(asked.compare),
            say(Label.DIGITS_AGREE),
            { compared = true },
            say(Label.DIGITS_DIFFER),
            actions::decline,
            Weight.FULL,
            busy,
        ) {
            Card { Digits(asked.check) }
        }
        return
    }
    Question(
        say(Label.CHALLENGE),
        say(asked.question),
        say(Words.AGREE),
        actions::agree,
        say(Words.DECLINE),
        actions::decline,
        if (asked.voids == null) Weight.FULL else Weight.DANGER,
        busy,
    ) {
        Fact(say(Label.ASKED_BY), asked.placeName)
        Fact(say(Label.UNTIL), minute(asked.expires))
    }
}

@Composable
private fun Outcome(outcome: ConfirmedView, actions: ChallengeActions) {
    val colours = Suima.colours
    val (look, sign) = when (outcome.outcome) {
        ConfirmOutcome.DONE -> colours.done to Sign.YES
        ConfirmOutcome.DECLINED -> colours.card to Sign.NOTE
        ConfirmOutcome.OVER, ConfirmOutcome.CHANGED, ConfirmOutcome.NOT_ELIGIBLE -> colours.problem to Sign.NO
    }
    Page(
        say(Label.CHALLENGE),
        null,
        bottom = { PressButton(say(Label.READ), actions::dismiss, Modifier.fillMaxWidth()) },
    ) {
        Told(say(outcome.said), look, sign, style = Suima.type.heading)
    }
}
