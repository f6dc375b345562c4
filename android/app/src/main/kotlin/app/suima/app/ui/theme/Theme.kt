package app.suima.app.ui.theme

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.remember
import androidx.compose.runtime.staticCompositionLocalOf
import app.suima.app.model.Language
import app.suima.app.model.SettingsState

private val LocalPalette = staticCompositionLocalOf { lightPalette }
private val LocalType = staticCompositionLocalOf { typeOf(Language.ZH, elder = false) }
private val LocalSettings = staticCompositionLocalOf { SettingsState() }

/** What every screen is drawn with. */
object Suima {
    val colours: Palette
        @Composable @ReadOnlyComposable get() = LocalPalette.current
    val type: Type
        @Composable @ReadOnlyComposable get() = LocalType.current
    val language: Language
        @Composable @ReadOnlyComposable get() = LocalSettings.current.language

    /** Whether fewer and larger things are to be shown. */
    val elder: Boolean
        @Composable @ReadOnlyComposable get() = LocalSettings.current.elder
}

/** Draws [content] in the user's language, in the size they chose, by day or by night. */
@Composable
fun SuimaTheme(settings: SettingsState, dark: Boolean, content: @Composable () -> Unit) {
    val palette = if (dark) darkPalette else lightPalette
    val type = remember(settings) { typeOf(settings.language, settings.elder) }
    val scheme = if (dark) darkColorScheme() else lightColorScheme()
    CompositionLocalProvider(LocalPalette provides palette, LocalType provides type, LocalSettings provides settings) {
        MaterialTheme(
            colorScheme = scheme.copy(
                primary = palette.act.ground,
                onPrimary = palette.act.ink,
                background = palette.page.ground,
                onBackground = palette.page.ink,
                surface = palette.card.ground,
                onSurface = palette.card.ink,
                onSurfaceVariant = palette.soft,
                outline = palette.edge,
                error = palette.danger.ground,
                onError = palette.danger.ink,
            ),
            content = content,
        )
    }
}
