package app.suima.app.ui.citizen

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.suima.app.model.CodesActions
import app.suima.app.model.CodesState
import app.suima.app.model.Remedy
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.Told
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Inked
import app.suima.app.ui.theme.Suima
import suima.ReminderView
import suima.SavedOutcome

/** Says what a saved picture is, now. */
@Composable
fun CheckPictureScreen(state: CodesState, actions: CodesActions, onChoose: () -> Unit, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) {
    Page(
        say(Label.CHECK_PICTURE),
        onBack,
        state.banners,
        onRemedy,
        bottom = { PressButton(say(Label.CHOOSE_PICTURE), onChoose, Modifier.fillMaxWidth()) },
    ) {
        Line(say(Label.CHECK_PICTURE_HOW))
        state.checked?.let { checked ->
            val (look, sign) = look(checked.outcome, checked.inDoubtSince != null)
            Told(say(checked.said), look, sign, style = Suima.type.heading)
            PressButton(say(Label.READ), actions::dismissChecked, Modifier.fillMaxWidth(), Weight.PLAIN)
        }
    }
}

@Composable
private fun look(outcome: SavedOutcome, doubt: Boolean): Pair<Inked, Sign> = when (outcome) {
    SavedOutcome.CURRENT, SavedOutcome.SUCCESSOR ->
        if (doubt) Suima.colours.notice to Sign.LOOK else Suima.colours.done to Sign.YES
    SavedOutcome.NOT_KNOWN -> Suima.colours.notice to Sign.LOOK
    else -> Suima.colours.problem to Sign.NO
}

/** What others did, and what ended: the newest first. */
@Composable
fun NewsScreen(state: CodesState, actions: CodesActions, onBack: () -> Unit) {
    Page(
        say(Label.NEWS),
        onBack,
        bottom = if (state.news.isEmpty()) null else ({ PressButton(say(Label.READ), actions::dismissNews, Modifier.fillMaxWidth()) }),
    ) {
        if (state.news.isEmpty()) Line(say(Label.NO_NEWS))
        state.news.asReversed().forEach { Told(say(it.said), Suima.colours.card, Sign.NOTE, style = Suima.type.body) }
    }
}

/** What ends soon and what waits for an answer, the earliest first. */
@Composable
fun RemindersScreen(reminders: List<ReminderView>, onBack: () -> Unit) {
    Page(say(Label.REMINDERS), onBack) {
        if (reminders.isEmpty()) Line(say(Label.NO_REMINDERS))
        reminders.forEach { reminder ->
            Line(minute(reminder.at), style = Suima.type.small, ink = Suima.colours.soft)
            Told(say(reminder.said), Suima.colours.card, Sign.NOTE, style = Suima.type.body)
        }
    }
}
