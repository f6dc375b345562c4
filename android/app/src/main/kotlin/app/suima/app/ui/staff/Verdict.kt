package app.suima.app.ui.staff

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
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
import suima.Said
import suima.Signal

/** A verdict as it is read: at two metres its colour, sign and word; near by, who and why. */
internal class Verdict(
    val signal: Signal,
    val said: Said,
    val cautions: List<CautionView>,
    /** Masked, to be compared by eye. */
    val who: String?,
    val birthYear: UShort?,
    val shown: suima.Presented?,
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
        Row(horizontalArrangement = Arrangement.spacedBy(16.dp), verticalAlignment = Alignment.CenterVertically) {
            Sign(sign, look.ink, 84.dp, inner = look.ground)
            Text(
                say(verdict.signal.word(atDoor)),
                Modifier.semantics { heading() },
                color = look.ink,
                style = Suima.type.verdict,
            )
        }
        verdict.who?.let { who ->
            val born = verdict.birthYear?.let { say(Label.BORN, it) }
            val shown = verdict.shown?.let { say(it.label) }
            Text(listOfNotNull(who, born).joinToString("  "), color = look.ink, style = Suima.type.name, textAlign = TextAlign.Center)
            val beneath = listOfNotNull(shown, verdict.colour?.let { say(it.label) })
            if (beneath.isNotEmpty()) Text(beneath.joinToString(" · "), color = look.ink, style = Suima.type.heading, textAlign = TextAlign.Center)
        }
        Text(say(verdict.said), Modifier.padding(horizontal = 16.dp), color = look.ink, style = Suima.type.heading, textAlign = TextAlign.Center)
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
