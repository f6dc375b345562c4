package app.suima.app.ui

import androidx.compose.ui.graphics.luminance
import app.suima.app.model.Language
import app.suima.app.ui.theme.Inked
import app.suima.app.ui.theme.Lights
import app.suima.app.ui.theme.bands
import app.suima.app.ui.theme.darkPalette
import app.suima.app.ui.theme.lightPalette
import app.suima.app.ui.theme.typeOf
import kotlin.math.max
import kotlin.math.min
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test

class ContrastTest {
    /** WCAG 2.2, relative luminance. */
    private fun contrast(pair: Inked): Float {
        val (a, b) = pair.ink.luminance() to pair.ground.luminance()
        return (max(a, b) + .05f) / (min(a, b) + .05f)
    }

    @Test
    fun `whatever is read has seven times the light of its ground, or a seventh`() {
        for (pair in lightPalette.read + darkPalette.read + Lights.all + bands) {
            assertTrue(contrast(pair) >= 7f, "$pair has ${contrast(pair)}")
        }
    }

    @Test
    fun `the edge of what is pressed can be seen`() {
        for (palette in listOf(lightPalette, darkPalette)) {
            for (ground in listOf(palette.page.ground, palette.card.ground)) {
                assertTrue(contrast(Inked(palette.edge, ground)) >= 3f)
            }
        }
    }

    @Test
    fun `elders read letters that are nearly half as large again, and nobody reads any under fourteen`() {
        for (language in Language.entries) {
            val (ordinary, elder) = typeOf(language, elder = false) to typeOf(language, elder = true)
            assertTrue(elder.body.fontSize.value >= 1.4f * ordinary.body.fontSize.value)
            assertTrue(elder.press > ordinary.press)
            assertTrue(ordinary.small.fontSize.value >= 14f)
        }
    }
}
