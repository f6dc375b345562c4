package app.suima.app.ui.citizen

import androidx.compose.runtime.Composable
import app.suima.app.model.CodesActions
import app.suima.app.model.RegenerationQuestion
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Band
import app.suima.app.ui.parts.Question
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.Told
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima

/** Asks before a nucleic-acid code is voided by a new one: whose, and what is voided (R9). */
@Composable
fun RegenerateScreen(question: RegenerationQuestion, index: Int, actions: CodesActions) {
    Question(
        say(Label.REGENERATE_CODE),
        say(question.warning.said),
        say(Label.REGENERATE),
        actions::agree,
        say(Label.NOT_NOW),
        actions::decline,
    ) {
        Band(question.name, question.relation, index)
        question.again?.let { Told(say(it), Suima.colours.notice, Sign.LOOK) }
    }
}
