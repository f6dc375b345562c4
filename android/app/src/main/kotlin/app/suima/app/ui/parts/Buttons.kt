package app.suima.app.ui.parts

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.suima.app.ui.theme.Suima

/** How much a button weighs. */
internal enum class Weight {
    /** It goes on. */
    FULL,

    /** One of several. */
    PLAIN,

    /** It voids or ends something. */
    DANGER,
}

internal val corner = RoundedCornerShape(14.dp)

/** A button with a word on it; never under 56 dp high. */
@Composable
internal fun PressButton(
    label: String,
    onPress: () -> Unit,
    modifier: Modifier = Modifier,
    weight: Weight = Weight.FULL,
    enabled: Boolean = true,
) {
    val colours = Suima.colours
    val ink = when (weight) {
        Weight.FULL -> colours.act
        Weight.PLAIN -> colours.card.copy(ink = colours.link)
        Weight.DANGER -> colours.danger
    }
    Button(
        onPress,
        modifier.heightIn(min = Suima.type.press),
        enabled,
        corner,
        ButtonDefaults.buttonColors(ink.ground, ink.ink, colours.line, colours.soft),
        border = if (weight == Weight.PLAIN) BorderStroke(2.dp, if (enabled) colours.link else colours.line) else null,
        elevation = null,
        contentPadding = PaddingValues(12.dp, 8.dp),
    ) {
        Text(label, style = Suima.type.button, textAlign = TextAlign.Center)
    }
}

/** A button with a sign; [description] is what a screen reader says. */
@Composable
internal fun SignButton(sign: Sign, description: String, onPress: () -> Unit, modifier: Modifier = Modifier, ink: Color = Suima.colours.page.ink, enabled: Boolean = true) {
    Box(
        modifier.size(56.dp).clip(CircleShape)
            .clickable(enabled, role = Role.Button, onClick = onPress)
            .semantics { contentDescription = description },
        Alignment.Center,
    ) {
        Sign(sign, if (enabled) ink else Color.Transparent, 28.dp)
    }
}

/** One of a few: what is taken is marked by its ground, its weight and to screen readers. */
@Composable
internal fun <T> Choice(options: List<Pair<T, String>>, taken: T?, onTake: (T) -> Unit, modifier: Modifier = Modifier) {
    val colours = Suima.colours
    Row(
        modifier.fillMaxWidth().height(IntrinsicSize.Min).selectableGroup().clip(corner)
            .background(colours.card.ground).border(2.dp, colours.edge, corner),
    ) {
        options.forEach { (option, label) ->
            val here = option == taken
            Box(
                Modifier.weight(1f).fillMaxHeight().heightIn(min = if (Suima.elder) 60.dp else 48.dp)
                    .background(if (here) colours.act.ground else colours.card.ground)
                    .selectable(here, role = Role.RadioButton) { onTake(option) }
                    .padding(horizontal = 4.dp, vertical = 4.dp),
                Alignment.Center,
            ) {
                Text(label, color = if (here) colours.act.ink else colours.link, style = Suima.type.button, textAlign = TextAlign.Center)
            }
        }
    }
}

/** Two buttons side by side, or in elder mode one above the other. */
@Composable
internal fun Pair(first: @Composable (Modifier) -> Unit, second: @Composable (Modifier) -> Unit) {
    if (Suima.elder) {
        first(Modifier.fillMaxWidth())
        second(Modifier.fillMaxWidth())
    } else {
        Row(Modifier.fillMaxWidth().height(IntrinsicSize.Min), Arrangement.spacedBy(12.dp)) {
            first(Modifier.weight(1f).fillMaxHeight())
            second(Modifier.weight(1f).fillMaxHeight())
        }
    }
}
