package app.suima.app.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.suima.app.model.word
import app.suima.app.ui.Label
import app.suima.app.ui.label
import app.suima.app.ui.theme.Inked
import app.suima.app.ui.theme.Lights
import app.suima.app.ui.theme.Suima
import app.suima.app.ui.theme.band
import suima.Colour
import suima.PersonView
import suima.Relation

/** The band of the person at this place among [people], with a way to whoever is before them, and after. */
@Composable
internal fun SteppingBand(people: List<PersonView>, index: Int, onShow: (UInt) -> Unit) {
    val person = people[index]
    Band(
        person.name,
        person.relation,
        index,
        before = { Step(Sign.BACK, Label.PREVIOUS, people.getOrNull(index - 1), index, onShow) },
        after = { Step(Sign.FORWARD, Label.NEXT, people.getOrNull(index + 1), index, onShow) },
    )
}

@Composable
private fun Step(sign: Sign, label: Label, to: PersonView?, index: Int, onShow: (UInt) -> Unit) {
    if (to == null) Spacer(Modifier.size(56.dp)) else SignButton(sign, say(label), { onShow(to.slot) }, ink = band(index).ink)
}

/**
 * Whose code it is: the name, large, and what they are to the user, on the band of their place in the family. [before] and
 * [after] stand at its ends.
 */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun Band(
    name: String,
    relation: Relation,
    index: Int,
    modifier: Modifier = Modifier,
    before: @Composable () -> Unit = {},
    after: @Composable () -> Unit = {},
) {
    val look = band(index)
    Row(
        modifier.fillMaxWidth().background(look.ground).heightIn(min = 56.dp).padding(4.dp, 0.dp),
        Arrangement.SpaceBetween,
        Alignment.CenterVertically,
    ) {
        before()
        FlowRow(
            Modifier.weight(1f).semantics(mergeDescendants = true) { heading() },
            Arrangement.spacedBy(10.dp, Alignment.CenterHorizontally),
            Arrangement.Center,
        ) {
            Text(
                name,
                Modifier.align(Alignment.CenterVertically),
                color = look.ink,
                style = if (name.length > LONG) Suima.type.title else Suima.type.name,
                textAlign = TextAlign.Center,
            )
            Text(
                say(relation.word),
                Modifier.align(Alignment.CenterVertically).clip(RoundedCornerShape(8.dp)).background(look.ink).padding(8.dp, 1.dp),
                color = look.ground,
                style = Suima.type.button,
            )
        }
        after()
    }
}

/** A name of more signs is set smaller. */
private const val LONG = 5

/** The disc of a person in lists: the last sign of their name on their band. */
@Composable
internal fun Disc(name: String, index: Int) {
    val look = band(index)
    val side = Suima.type.press - 8.dp
    Box(Modifier.size(side).clip(RoundedCornerShape(side / 2)).background(look.ground), Alignment.Center) {
        Text(name.takeLast(1), color = look.ink, style = Suima.type.heading)
    }
}

/** A person of a list, with what there is to press beneath. */
@Composable
internal fun PersonCard(person: PersonView, index: Int, beneath: String, content: @Composable () -> Unit) {
    Card {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp), Alignment.CenterVertically) {
            Disc(person.name, index)
            Column(Modifier.weight(1f)) {
                Heading("${person.name} · ${say(person.relation.word)}")
                Line(beneath, style = Suima.type.small, ink = Suima.colours.soft)
            }
        }
        content()
    }
}

/** The look of a health colour. */
internal fun light(colour: Colour): Inked = when (colour) {
    Colour.GREEN -> Lights.green
    Colour.YELLOW -> Lights.yellow
    Colour.RED -> Lights.red
}

/** The sign of a health colour. */
internal fun sign(colour: Colour): Sign = when (colour) {
    Colour.GREEN -> Sign.YES
    Colour.YELLOW -> Sign.LOOK
    Colour.RED -> Sign.NO
}

/** A health colour: as sign and as word, on the [look] of the code; none of it where gates take it no more. */
@Composable
internal fun Health(colour: Colour, isOld: Boolean, look: Inked, beneath: String?) {
    Row(
        Modifier.fillMaxWidth().background(look.ground).heightIn(min = 48.dp).padding(12.dp, 6.dp)
            .semantics(mergeDescendants = true) {},
        Arrangement.spacedBy(12.dp, Alignment.CenterHorizontally),
        Alignment.CenterVertically,
    ) {
        Sign(if (isOld) Sign.LOOK else sign(colour), look.ink, Suima.type.sign + 4.dp, inner = look.ground)
        Text(if (isOld) say(Label.STATUS_OLD) else say(colour.label), color = look.ink, style = Suima.type.title)
        beneath?.let { Text(it, Modifier.weight(1f, fill = false), color = look.ink, style = Suima.type.small) }
    }
}
