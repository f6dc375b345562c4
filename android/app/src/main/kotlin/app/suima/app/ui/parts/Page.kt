package app.suima.app.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.suima.app.model.Banner
import app.suima.app.model.Remedy
import app.suima.app.model.Words
import app.suima.app.ui.Label
import app.suima.app.ui.theme.Suima

/**
 * A screen with its heading, what is to be said above it, and its content, which scrolls where there is no room.
 * [bottom] stays in reach of a thumb.
 */
@Composable
internal fun Page(
    title: String,
    onBack: (() -> Unit)?,
    banners: List<Banner> = emptyList(),
    onRemedy: (Remedy) -> Unit = {},
    bottom: (@Composable ColumnScope.() -> Unit)? = null,
    content: @Composable ColumnScope.() -> Unit,
) {
    Column(Modifier.fillMaxSize().background(Suima.colours.page.ground)) {
        Row(
            Modifier.fillMaxWidth().heightIn(min = 64.dp).padding(if (onBack == null) 16.dp else 4.dp, 8.dp, 16.dp, 8.dp),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            onBack?.let { SignButton(Sign.BACK, say(Label.BACK), it) }
            Heading(title, Modifier.weight(1f), Suima.type.title)
        }
        Column(
            Modifier.weight(1f).fillMaxWidth().verticalScroll(rememberScrollState()).padding(16.dp, 4.dp, 16.dp, 20.dp),
            Arrangement.spacedBy(14.dp),
        ) {
            Banners(banners, onRemedy)
            content()
        }
        bottom?.let { Foot(it) }
    }
}

/** What stays at the foot of a screen. */
@Composable
internal fun Foot(content: @Composable ColumnScope.() -> Unit) {
    Column(
        Modifier.fillMaxWidth().background(Suima.colours.card.ground).padding(16.dp, 12.dp),
        Arrangement.spacedBy(10.dp),
        content = content,
    )
}

/** A card that groups what belongs together. */
@Composable
internal fun Card(modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) {
    Column(
        modifier.fillMaxWidth().clip(corner).background(Suima.colours.card.ground).padding(16.dp, 14.dp),
        Arrangement.spacedBy(10.dp),
        content = content,
    )
}

/** A line that leads to another screen. */
@Composable
internal fun Way(text: String, onPress: () -> Unit, modifier: Modifier = Modifier, before: (@Composable RowScope.() -> Unit)? = null, beneath: String? = null) {
    Row(
        modifier.fillMaxWidth().clip(corner).background(Suima.colours.card.ground)
            .clickable(role = Role.Button, onClick = onPress)
            .heightIn(min = Suima.type.press).padding(16.dp, 10.dp, 10.dp, 10.dp),
        Arrangement.spacedBy(12.dp),
        Alignment.CenterVertically,
    ) {
        before?.invoke(this)
        Column(Modifier.weight(1f)) {
            Line(text, style = Suima.type.button, ink = Suima.colours.link)
            beneath?.let { Line(it, style = Suima.type.small, ink = Suima.colours.soft) }
        }
        Sign(Sign.FORWARD, Suima.colours.link, 20.dp)
    }
}

/** A fact with its label: "as of", and when. */
@Composable
internal fun Fact(label: String, value: String, modifier: Modifier = Modifier) {
    if (Suima.elder) {
        Column(modifier.fillMaxWidth().semantics(mergeDescendants = true) {}) {
            Line(label, style = Suima.type.small, ink = Suima.colours.soft)
            Line(value, style = Suima.type.body)
        }
    } else {
        Row(modifier.fillMaxWidth().semantics(mergeDescendants = true) {}, Arrangement.spacedBy(10.dp)) {
            Line(label, style = Suima.type.small, ink = Suima.colours.soft)
            Line(value, Modifier.weight(1f), Suima.type.small, align = TextAlign.End)
        }
    }
}

/** That the issuer is being asked, with a way out. */
@Composable
internal fun Asking(onCancel: (() -> Unit)?) {
    Told(say(Label.ASKING), Suima.colours.offline, Sign.NOTE)
    onCancel?.let { PressButton(say(Words.CANCEL), it, Modifier.fillMaxWidth(), Weight.PLAIN) }
}
