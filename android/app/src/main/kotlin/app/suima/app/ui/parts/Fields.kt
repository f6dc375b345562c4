package app.suima.app.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.OutlinedTextFieldDefaults
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.suima.app.ui.theme.Suima

/** What is typed into a field. */
internal enum class Typed { TEXT, CAPITALS, DIGITS, PHONE }

/** A field with its label above, which stays while one types. A long code wraps, so that all of it is seen. */
@Composable
internal fun Field(label: String, value: String, onChange: (String) -> Unit, modifier: Modifier = Modifier, typed: Typed = Typed.TEXT, enabled: Boolean = true) {
    val colours = Suima.colours
    Column(modifier.fillMaxWidth(), Arrangement.spacedBy(6.dp)) {
        Line(label, style = Suima.type.small, ink = colours.page.ink)
        OutlinedTextField(
            value,
            { onChange(it.replace("\n", "")) },
            Modifier.fillMaxWidth().heightIn(min = Suima.type.press).semantics { contentDescription = label },
            enabled = enabled,
            textStyle = Suima.type.body,
            keyboardOptions = when (typed) {
                Typed.TEXT -> KeyboardOptions(imeAction = ImeAction.Next)
                Typed.CAPITALS -> KeyboardOptions(KeyboardCapitalization.Characters, autoCorrect = false, KeyboardType.Ascii, ImeAction.Next)
                Typed.DIGITS -> KeyboardOptions(keyboardType = KeyboardType.Number, imeAction = ImeAction.Next)
                Typed.PHONE -> KeyboardOptions(keyboardType = KeyboardType.Phone, imeAction = ImeAction.Next)
            },
            singleLine = typed != Typed.CAPITALS,
            shape = corner,
            colors = OutlinedTextFieldDefaults.colors(
                focusedTextColor = colours.card.ink,
                unfocusedTextColor = colours.card.ink,
                focusedContainerColor = colours.card.ground,
                unfocusedContainerColor = colours.card.ground,
                disabledContainerColor = colours.card.ground,
                disabledTextColor = colours.soft,
                focusedBorderColor = colours.link,
                unfocusedBorderColor = colours.edge,
            ),
        )
    }
}

/** Ten digits and a key that takes one back, for gloved fingers. */
@Composable
internal fun NumberPad(onDigit: (Char) -> Unit, onBack: () -> Unit, back: String, modifier: Modifier = Modifier) {
    Column(modifier.fillMaxWidth(), Arrangement.spacedBy(8.dp)) {
        listOf("123", "456", "789", " 0<").forEach { row ->
            Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(8.dp)) {
                row.forEach { key ->
                    when (key) {
                        ' ' -> Text("", Modifier.weight(1f))
                        '<' -> PressButton(
                            "⌫",
                            onBack,
                            Modifier.weight(1f).semantics { contentDescription = back },
                            Weight.PLAIN,
                        )
                        else -> PressButton("$key", { onDigit(key) }, Modifier.weight(1f), Weight.PLAIN)
                    }
                }
            }
        }
    }
}

/** Digits that are told or compared, in groups and large; read out one by one. */
@Composable
internal fun Digits(digits: String, modifier: Modifier = Modifier) {
    val spoken = digits.toList().joinToString(" ")
    Text(
        digits.chunked(4).joinToString(" "),
        modifier.fillMaxWidth().semantics { contentDescription = spoken },
        color = Suima.colours.page.ink,
        style = Suima.type.digits,
        textAlign = TextAlign.Center,
    )
}
