package app.suima.app.ui.citizen

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.suima.app.model.CodeKind
import app.suima.app.model.CodesState
import app.suima.app.model.Remedy
import app.suima.app.model.Words
import app.suima.app.model.word
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Banners
import app.suima.app.ui.parts.Health
import app.suima.app.ui.parts.QrCode
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.light
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Inked
import app.suima.app.ui.theme.Lights
import app.suima.app.ui.theme.Suima
import app.suima.app.ui.theme.lightPalette
import suima.PersonView

private val frame = RoundedCornerShape(12.dp)
private val slate = Inked(Color.White, Color(0xFF34495C))

/**
 * A code in the frame of its health colour, or of slate for a code that has none or an old one; amber where it is in
 * doubt. Beneath the code, within the frame, how it stands. As large with a code as without.
 */
@Composable
internal fun CodeFrame(state: CodesState, person: PersonView, onRemedy: (Remedy) -> Unit) {
    val live = state.live?.takeIf { it.slot == person.slot && state.kind == CodeKind.LIVE }
    val static = state.nucleicAcid?.takeIf { it.slot == person.slot && state.kind == CodeKind.NUCLEIC_ACID }
    val look = when {
        live != null && !live.colourIsOld -> light(live.colour)
        static?.inDoubtSince != null -> Lights.yellow
        else -> slate
    }
    Column(
        Modifier.padding(8.dp, 6.dp, 8.dp, 0.dp).fillMaxWidth().clip(frame).background(Color.White)
            .border(5.dp, look.ground, frame).padding(5.dp),
    ) {
        val svg = live?.svg ?: static?.svg
        val kind = say(if (state.kind == CodeKind.LIVE) Words.LIVE_CODE else Words.NUCLEIC_ACID_CODE)
        if (svg != null) {
            QrCode(svg, say(Label.CODE_OF, person.name, say(person.relation.word), kind), Modifier.padding(3.dp).fillMaxWidth())
        } else {
            Absent(state.takeIf { it.slot == person.slot }, onRemedy)
        }
        when {
            live != null -> {
                val asOf = "${say(Label.STATUS_AS_OF)} ${minute(live.colourAsOf)}"
                Health(live.colour, live.colourIsOld, look, asOf.takeUnless { Suima.elder })
            }
            static?.inDoubtSince != null -> Strip(Lights.yellow, Sign.LOOK, say(Label.IN_DOUBT), null)
            static != null -> Strip(slate, null, say(Label.VALID_UNTIL), static.lastDay)
            else -> Strip(slate, null, kind, null)
        }
    }
}

/** What stands in the place of a code. */
@Composable
private fun Absent(state: CodesState?, onRemedy: (Remedy) -> Unit) {
    Box(Modifier.padding(3.dp).fillMaxWidth().aspectRatio(1f), Alignment.Center) {
        // Nothing is known yet of whoever was swiped to: it would be said of everybody, for a moment.
        val absent = state?.absent ?: return@Box
        Column(Modifier.fillMaxWidth().padding(12.dp), Arrangement.spacedBy(14.dp), Alignment.CenterHorizontally) {
            Text(
                say(Label.NO_CODE),
                color = lightPalette.card.ink,
                style = Suima.type.title,
                textAlign = TextAlign.Center,
            )
            Banners(listOf(absent), onRemedy)
        }
    }
}

@Composable
private fun Strip(look: Inked, sign: Sign?, word: String, value: String?) {
    Row(
        Modifier.fillMaxWidth().background(look.ground).heightIn(min = 48.dp).padding(12.dp, 6.dp)
            .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite },
        Arrangement.spacedBy(12.dp, Alignment.CenterHorizontally),
        Alignment.CenterVertically,
    ) {
        sign?.let { Sign(it, look.ink, Suima.type.sign + 4.dp, inner = look.ground) }
        Text(word, Modifier.weight(1f, fill = false), color = look.ink, style = if (value == null) Suima.type.title else Suima.type.small)
        value?.let { Text(it, color = look.ink, style = Suima.type.title) }
    }
}
