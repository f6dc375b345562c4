package app.suima.app.ui.parts

import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign
import app.suima.app.model.Words
import app.suima.app.model.text
import app.suima.app.ui.Label
import app.suima.app.ui.Labelled
import app.suima.app.ui.theme.Suima
import suima.Said

/** In the user's language. */
@Composable
@ReadOnlyComposable
internal fun say(label: Label, vararg values: Any): String = label.text(Suima.language, *values)

/** In the user's language. */
@Composable
@ReadOnlyComposable
internal fun say(label: Labelled): String = label.text(Suima.language)

/** In the user's language. */
@Composable
@ReadOnlyComposable
internal fun say(words: Words): String = words.text(Suima.language)

/** In the user's language. */
@Composable
@ReadOnlyComposable
internal fun say(said: Said): String = said.text(Suima.language)

/** Text, in the ink of the page unless told otherwise. */
@Composable
internal fun Line(
    text: String,
    modifier: Modifier = Modifier,
    style: TextStyle = Suima.type.body,
    ink: Color = Suima.colours.page.ink,
    align: TextAlign? = null,
) = Text(text, modifier, color = ink, style = style, textAlign = align)

/** A heading, by which screen readers jump. */
@Composable
internal fun Heading(text: String, modifier: Modifier = Modifier, style: TextStyle = Suima.type.heading, ink: Color = Suima.colours.page.ink) =
    Text(text, modifier.semantics { heading() }, color = ink, style = style)
