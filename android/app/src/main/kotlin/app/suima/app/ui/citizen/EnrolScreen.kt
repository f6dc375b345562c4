package app.suima.app.ui.citizen

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.suima.app.model.EnrolActions
import app.suima.app.model.EnrolState
import app.suima.app.model.Remedy
import app.suima.app.model.Words
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Asking
import app.suima.app.ui.parts.Field
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Question
import app.suima.app.ui.parts.Typed
import app.suima.app.ui.parts.say

/** Enrols a phone, or a [station], by an activation code; what that ends is asked first. */
@Composable
fun EnrolScreen(state: EnrolState, actions: EnrolActions, station: Boolean, onRemedy: (Remedy) -> Unit, onBack: (() -> Unit)? = null) {
    val title = if (station) say(Label.ENROL_STATION) else say(Words.ENROL)
    val question = state.question
    if (question != null) {
        Question(title, say(question), say(Label.GO_ON), actions::agree, say(Label.NOT_NOW), actions::cancel, busy = state.busy)
        return
    }
    Page(
        title,
        onBack,
        state.banners,
        onRemedy,
        bottom = {
            PressButton(title, actions::enrol, Modifier.fillMaxWidth(), enabled = state.code.isNotBlank() && !state.busy)
        },
    ) {
        Line(say(Label.ENROL_HOW))
        Field(say(Label.ACTIVATION_CODE), state.code, actions::type, typed = Typed.CAPITALS, enabled = !state.busy)
        if (state.busy) Asking(actions::cancel)
    }
}
