package app.suima.app.ui.theme

import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import app.suima.app.model.Language

/** The sizes of type and of what is pressed. All type follows the phone's own setting too. */
data class Type(
    /** Whose code it is. */
    val name: TextStyle,
    /** The heading of a screen. */
    val title: TextStyle,
    /** The heading within one. */
    val heading: TextStyle,
    /** What is read. */
    val body: TextStyle,
    /** What is pressed. */
    val button: TextStyle,
    /** What is read after all else; never under 14 sp. */
    val small: TextStyle,
    /** A verdict in a word, at two metres. */
    val verdict: TextStyle,
    /** Digits that are compared or told. */
    val digits: TextStyle,
    /** The least height of what is pressed. */
    val press: Dp,
    /** The side of a sign beside a line. */
    val sign: Dp,
)

/** The type of a language, ordinary or for elders: one and a half times as large, and headings less so. */
fun typeOf(language: Language, elder: Boolean): Type {
    val locale = LocaleList(if (language == Language.ZH) "zh-CN" else "en-GB")
    fun style(ordinary: Int, large: Int, weight: FontWeight = FontWeight.Normal, line: Float = 1.4f): TextStyle {
        val size: TextUnit = (if (elder) large else ordinary).sp
        return TextStyle(fontSize = size, lineHeight = size * line, fontWeight = weight, localeList = locale)
    }
    return Type(
        name = style(26, 34, FontWeight.Bold, 1.2f),
        title = style(22, 29, FontWeight.Bold, 1.25f),
        heading = style(18, 26, FontWeight.Bold, 1.3f),
        body = style(17, 25),
        button = style(17, 25, FontWeight.Bold, 1.25f),
        small = style(15, 22, line = 1.35f),
        verdict = style(46, 52, FontWeight.Black, 1.15f),
        digits = style(40, 44, FontWeight.Bold, 1.2f),
        press = if (elder) 72.dp else 56.dp,
        sign = if (elder) 36.dp else 24.dp,
    )
}
