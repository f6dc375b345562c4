package app.suima.app.ui.staff

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.suima.app.model.Language
import app.suima.app.model.SamplingActions
import app.suima.app.ui.Label
import app.suima.app.ui.label
import app.suima.app.ui.parts.Card
import app.suima.app.ui.parts.Fact
import app.suima.app.ui.parts.Heading
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.Told
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima
import suima.SeatView
import suima.TubeView

private val reasons = listOf(Label.WRONG_SCAN, Label.LEFT, Label.SAME_PERSON)

/** A person in the tube: taken back for a reason, or moved to another open tube. */
@Composable
internal fun SeatScreen(seat: SeatView, tube: TubeView, tubes: List<TubeView>, actions: SamplingActions, onBack: () -> Unit) {
    var asking by rememberSaveable { mutableStateOf(false) }
    Page(say(if (asking) Label.UNDO_WHY else Label.PERSON_IN_TUBE, seat.seat), { if (asking) asking = false else onBack() }) {
        Card {
            Heading(seat.name, style = Suima.type.name)
            seat.birthYear?.let { Heading(say(Label.BORN, it)) }
            Fact(say(Label.SHOWN), seat.presented?.let { say(it.label) } ?: say(Label.BY_HAND))
            Fact(say(Label.REGISTERED_AT), minute(seat.at))
        }
        if (!seat.validityChecked && seat.presented != null) Told(say(Label.VALIDITY_NOT_CHECKED), Suima.colours.notice, Sign.LOOK)
        when {
            tube.sealed -> Unit
            asking -> reasons.forEach { reason ->
                PressButton(
                    say(reason),
                    {
                        // A journal speaks one language, whatever the screen does.
                        actions.undo(seat.entry, reason.text(Language.ZH))
                        onBack()
                    },
                    Modifier.fillMaxWidth(),
                    Weight.PLAIN,
                )
            }
            else -> {
                PressButton(say(Label.UNDO), { asking = true }, Modifier.fillMaxWidth(), Weight.DANGER)
                tubes.filter { it.barcode != tube.barcode && !it.sealed }.forEach { other ->
                    PressButton(
                        say(Label.MOVE, other.barcode),
                        {
                            actions.move(seat.entry, other.barcode, Label.WRONG_TUBE.text(Language.ZH))
                            onBack()
                        },
                        Modifier.fillMaxWidth(),
                        Weight.PLAIN,
                    )
                }
            }
        }
    }
}
