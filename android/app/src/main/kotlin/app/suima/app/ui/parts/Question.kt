package app.suima.app.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.suima.app.ui.theme.Suima

/**
 * A question as a screen of its own: the sentence of the core, large, and two answers that say what they do. The answers
 * stand after the sentence, and scroll with it where there is no room: nobody agrees to what they have not seen.
 */
@Composable
internal fun Question(
    title: String,
    sentence: String,
    agree: String,
    onAgree: () -> Unit,
    decline: String,
    onDecline: () -> Unit,
    weight: Weight = Weight.DANGER,
    busy: Boolean = false,
    about: (@Composable ColumnScope.() -> Unit)? = null,
) {
    BoxWithConstraints(Modifier.fillMaxSize().background(Suima.colours.page.ground)) {
        val room = maxHeight
        Column(
            Modifier.fillMaxWidth().verticalScroll(rememberScrollState()).heightIn(min = room),
            Arrangement.SpaceBetween,
        ) {
            Column(Modifier.fillMaxWidth().padding(16.dp, 20.dp), Arrangement.spacedBy(16.dp)) {
                Heading(title, style = Suima.type.title)
                about?.invoke(this)
                Line(sentence, Modifier.semantics { liveRegion = LiveRegionMode.Polite }, Suima.type.heading)
                if (busy) Asking(null)
            }
            Foot {
                PressButton(agree, onAgree, Modifier.fillMaxWidth(), weight, enabled = !busy)
                PressButton(decline, onDecline, Modifier.fillMaxWidth(), Weight.PLAIN)
            }
        }
    }
}
