package app.suima.app.ui.staff

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.style.TextAlign
import app.suima.app.model.Banner
import app.suima.app.model.Remedy
import app.suima.app.model.SamplingActions
import app.suima.app.model.SealState
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Field
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.NumberPad
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.Told
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima
import suima.TubeView

/** Seals the tube: the swabs are counted, and where the numbers differ, explained or counted again. */
@Composable
internal fun SealScreen(tube: TubeView, state: SealState, banners: List<Banner>, actions: SamplingActions, onRemedy: (Remedy) -> Unit) {
    var swabs by rememberSaveable { mutableStateOf(state.swabs?.toString().orEmpty()) }
    var explanation by rememberSaveable { mutableStateOf("") }
    val count = swabs.toUByteOrNull()
    Page(
        say(Label.SEAL),
        actions::leave,
        banners,
        onRemedy,
        bottom = {
            PressButton(
                say(Label.SEAL),
                { count?.let { actions.seal(it, explanation.ifBlank { null }) } },
                Modifier.fillMaxWidth(),
                Weight.FULL,
                enabled = count != null,
            )
        },
    ) {
        state.refused?.let {
            Told(say(it), Suima.colours.problem, Sign.NO)
            Field(say(Label.EXPLANATION), explanation, { text -> explanation = text })
        }
        Line("${say(Label.SWABS)} · ${say(Label.REGISTERED_HERE, tube.seats.size)}", style = Suima.type.heading)
        Line(swabs.ifEmpty { "–" }, Modifier.fillMaxWidth(), Suima.type.digits, align = TextAlign.Center)
        NumberPad({ if (swabs.length < 2) swabs += it }, { swabs = swabs.dropLast(1) }, say(Label.DELETE_DIGIT))
    }
}
