package app.suima.app.ui.staff

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.wrapContentHeight
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.suima.app.ui.Label
import app.suima.app.ui.label
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Inked
import app.suima.app.ui.theme.Lights
import app.suima.app.ui.theme.Suima
import app.suima.app.ui.word
import suima.CautionView
import suima.Colour
import suima.Presented
import suima.Said
import suima.Signal

/** A verdict as it is read: at two metres its colour, sign and word; near by, who and why. */
internal class Verdict(
    /** Counts up, so that the same verdict twice is seen and heard to be two. */
    val number: Int,
    val signal: Signal,
    val said: Said,
    val cautions: List<CautionView>,
    /** Masked, to be compared by eye. */
    val who: String?,
    val birthYear: UShort?,
    val shown: Presented?,
    val colour: Colour?,
)

/** The look of the whole screen under a verdict. */
internal fun look(signal: Signal?): Inked = when (signal) {
    Signal.ADMIT -> Lights.green
    Signal.REFUSE -> Lights.red
    Signal.ATTENTION -> Lights.yellow
    null -> Lights.none
}

/** Draws a verdict in the ink of its look, and tells a screen reader at once. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun VerdictText(verdict: Verdict, atDoor: Boolean, modifier: Modifier = Modifier) {
    val look = look(verdict.signal)
    Column(
        modifier.fillMaxWidth().semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Assertive },
        Arrangement.spacedBy(8.dp, Alignment.CenterVertically),
        Alignment.CenterHorizontally,
    ) {
        val sign = when (verdict.signal) {
            Signal.ADMIT -> Sign.YES
            Signal.REFUSE -> Sign.NO
            Signal.ATTENTION -> Sign.LOOK
        }
        FlowRow(horizontalArrangement = Arrangement.spacedBy(16.dp, Alignment.CenterHorizontally)) {
            Sign(sign, look.ink, 84.dp, inner = look.ground)
            Text(
                say(verdict.signal.word(atDoor)),
                Modifier.heightIn(min = 84.dp).wrapContentHeight().semantics { heading() },
                color = look.ink,
                style = Suima.type.verdict,
            )
        }
        verdict.who?.let { who ->
            val born = verdict.birthYear?.let { say(Label.BORN, it) }
            Text(listOfNotNull(who, born).joinToString("  "), color = look.ink, style = Suima.type.name, textAlign = TextAlign.Center)
        }
        Text(say(verdict.said), color = look.ink, style = Suima.type.button, textAlign = TextAlign.Center)
        val shown = listOfNotNull(verdict.shown?.let { say(it.label) }, verdict.colour?.let { say(it.label) })
        if (shown.isNotEmpty()) Text(shown.joinToString(" · "), color = look.ink, style = Suima.type.body, textAlign = TextAlign.Center)
        Text(say(Label.NTH_SCAN, verdict.number), color = look.ink, style = Suima.type.small)
        verdict.cautions.forEach { caution ->
            Row(Modifier.padding(horizontal = 16.dp), Arrangement.spacedBy(10.dp), Alignment.CenterVertically) {
                Sign(Sign.LOOK, look.ink, Suima.type.sign, inner = look.ground)
                Text(say(caution.said), color = look.ink, style = Suima.type.body)
            }
        }
    }
}

/** What stands there before anybody was scanned. */
@Composable
internal fun Ready(text: String, modifier: Modifier = Modifier) {
    Column(modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp, Alignment.CenterVertically), Alignment.CenterHorizontally) {
        Sign(Sign.SCAN, Lights.none.ink, 84.dp)
        Text(text, color = Lights.none.ink, style = Suima.type.title, textAlign = TextAlign.Center)
    }
}
