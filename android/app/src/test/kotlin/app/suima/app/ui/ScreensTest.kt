package app.suima.app.ui

import app.suima.app.model.Language
import kotlin.io.path.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.writeBytes
import kotlin.test.assertEquals
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

class ScreensTest {
    private val pictures = Path(System.getProperty("suima.pictures"))

    private fun looks(shot: Shot): List<Look> =
        Language.entries.flatMap { language ->
            listOf(false, true).flatMap { elder ->
                listOf(Window.SMALL, Window.LARGE).map { Look(language, elder, window = it) }
            } + listOfNotNull(Look(language, dark = true).takeIf { shot.citizen })
        }

    @TestFactory
    fun `nothing is clipped, hidden, mute or too small to press on`(): List<DynamicTest> = shots.map { shot ->
        dynamicTest(shot.name) {
            val faults = looks(shot).flatMap { look ->
                Rendering(shot.state, look).use { rendering ->
                    shot.press.forEach { (zh, en) -> rendering.press(if (look.language == Language.ZH) zh else en) }
                    val folder = pictures.resolve("$look").createDirectories()
                    folder.resolve("${shot.name}.png").writeBytes(rendering.png())
                    rendering.faults().map { "${shot.name} $look: $it" }
                }
            }
            assertEquals("", faults.joinToString("\n"))
        }
    }

    @Test
    fun `every screen is looked at`() {
        assertEquals(emptySet(), Screen.entries.toSet() - shots.map { it.state.screen }.toSet())
    }
}
