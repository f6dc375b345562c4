package app.suima.app.ui

import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import app.suima.app.model.Language
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test

class QuestionsTest {
    private val looks = Language.entries.flatMap { language -> listOf(false, true).map { Look(language, it) } }

    private fun Rendering.live(mode: LiveRegionMode): List<SemanticsNode> =
        told().filter { it.config.getOrNull(SemanticsProperties.LiveRegion) == mode }

    private fun draw(name: String, look: Look, check: (Rendering) -> Unit) {
        val shot = shots.single { it.name == name }
        Rendering(shot.state, look).use { rendering ->
            shot.press.forEach { (zh, en) -> rendering.press(if (look.language == Language.ZH) zh else en) }
            check(rendering)
        }
    }

    @Test
    fun `nobody agrees to what they have not seen, for the answers stand beneath the question`() {
        val asked = listOf(
            "codes-regenerate", "codes-regenerate-again", "enrol-question", "holders-question", "challenge-compare",
            "challenge-asked", "sampling-maybe-twice",
        )
        for (name in asked) for (look in looks) {
            draw(name, look) { rendering ->
                val end = rendering.live(LiveRegionMode.Polite).maxOf { it.positionInRoot.y + it.size.height }
                val answers = rendering.told().filter { SemanticsActions.OnClick in it.config }
                assertEquals(2, answers.size, "$name $look")
                assertTrue(answers.all { it.positionInRoot.y >= end }, "$name $look")
            }
        }
    }

    @Test
    fun `a portal's question comes only after its digits were compared`() {
        draw("challenge-compare", Look()) { rendering ->
            rendering.press("不一致，拒绝")
            assertEquals(listOf("decline()"), rendering.asked)
        }
        draw("challenge-asked", Look()) { rendering ->
            rendering.press("同意")
            assertEquals(listOf("agree()"), rendering.asked)
        }
    }

    @Test
    fun `a verdict is told at once, and the same one twice is told to be two`() {
        val heard = listOf("sampling-registered", "sampling-already", "sampling-full").map { name ->
            var words = emptyList<String>()
            draw(name, Look()) { words = it.live(LiveRegionMode.Assertive).single().words() }
            words
        }
        assertTrue("已登记" in heard[0] && "请核对" in heard[1])
        assertEquals(heard[1].filterNot { "次扫码" in it }, heard[2].filterNot { "次扫码" in it })
        assertTrue(heard[1] != heard[2])
    }

    @Test
    fun `a registration is taken back in two presses, with a reason`() {
        draw("sampling-undo", Look()) { rendering ->
            rendering.press("误扫")
            assertEquals(listOf("undo(${Reality.tube.seats.first().entry}, 误扫)"), rendering.asked)
        }
    }
}
