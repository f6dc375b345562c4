package app.suima.app.ui

import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import app.suima.app.model.CodeKind
import app.suima.app.model.CodesState
import app.suima.app.model.Language
import app.suima.app.model.textOnScreen
import kotlin.test.assertEquals
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test

class CodeOnScreenTest {
    private val me = Reality.family.first()
    private val held = Reality.family.filter { it.held }
    private val live = AppState(Screen.CODES, codes = CodesState(held, me.slot, CodeKind.LIVE, Reality.live))
    private val static = AppState(Screen.CODES, codes = CodesState(held, me.slot, CodeKind.NUCLEIC_ACID, nucleicAcid = Reality.code))
    private val looks = Language.entries.flatMap { language ->
        listOf(Look(language), Look(language, elder = true), Look(language, dark = true), Look(language, window = Window.LARGE))
    }

    private fun Rendering.code(): SemanticsNode =
        nodes().single { it.config.getOrNull(SemanticsProperties.Role) == Role.Image }

    @Test
    fun `an outside reader reads from the screen what the core drew`() {
        for (look in looks) {
            Rendering(live, look).use { assertEquals(Reality.live.text, textOnScreen(it.picture()), "$look") }
            Rendering(static, look).use { assertEquals(Reality.code.text, textOnScreen(it.picture()), "$look") }
        }
    }

    @Test
    fun `a code takes seventy of a hundred of the width, black on white with a quiet zone of four modules`() {
        for (look in looks) {
            for (state in listOf(live, static)) {
                Rendering(state, look).use { rendering ->
                    val place = rendering.code().boundsInRoot
                    val picture = rendering.picture()
                    val columns = (place.left.toInt()..<place.right.toInt())
                    val rows = (place.top.toInt()..<place.bottom.toInt())
                    val colours = columns.flatMap { x -> rows.map { y -> picture.getRGB(x, y) and 0xffffff } }.toSet()
                    assertEquals(setOf(0x000000, 0xffffff), colours, "$look")

                    val dark = columns.filter { x -> rows.any { y -> picture.getRGB(x, y) and 0xffffff == 0 } }
                    val width = dark.last() - dark.first() + 1
                    assertTrue(width >= .7 * picture.width, "$look: $width of ${picture.width}")
                    val modules = if (state === live) side(Reality.live.svg) else side(Reality.code.svg)
                    val module = width.toDouble() / (modules - 8)
                    assertTrue(dark.first() - place.left >= 4 * module && place.right - 1 - dark.last() >= 4 * module, "$look")
                }
            }
        }
    }

    private fun side(svg: String): Int = svg.substringAfter("viewBox=\"0 0 ").substringBefore(' ').toInt()

    @Test
    fun `nothing moves when the code is drawn anew`() {
        assertNotEquals(Reality.live.text, Reality.nextLive.text)
        for (look in looks) {
            Rendering(live, look).use { rendering ->
                val before = rendering.nodes().map { it.boundsInRoot }
                rendering.show(live.copy(codes = live.codes.copy(live = Reality.nextLive)))
                assertEquals(before, rendering.nodes().map { it.boundsInRoot }, "$look")
                assertEquals(Reality.nextLive.text, textOnScreen(rendering.picture()), "$look")
            }
        }
    }

    @Test
    fun `the code stays in its place, whatever is to be said`() {
        for (look in looks) {
            val calm = Rendering(live, look).use { it.code().boundsInRoot }
            val pressing = shots.single { it.name == "codes-live-offline-clock" }
            assertEquals(calm, Rendering(pressing.state, look).use { it.code().boundsInRoot }, "$look")
        }
    }

    @Test
    fun `a screen reader says whose code it is`() {
        Rendering(live, Look()).use { assertEquals(listOf("王小明（本人）的随申码二维码"), it.code().words()) }
        Rendering(static, Look(Language.EN)).use { assertEquals(listOf("QR code: Nucleic-acid code of 王小明, Myself"), it.code().words()) }
    }

    @Test
    fun `the next person comes by the button and by a swipe`() {
        val child = held[1].slot
        Rendering(live, Look()).use { rendering ->
            rendering.press("下一位")
            assertEquals(listOf("show($child)"), rendering.asked)
        }
        Rendering(live, Look()).use { rendering ->
            rendering.swipe()
            // Asked again where no model answers, as here: the person on the screen is not yet theirs.
            assertEquals(setOf("show($child)"), rendering.asked.toSet())
        }
    }

    @Test
    fun `nothing is voided by one press`() {
        Rendering(static, Look()).use { rendering ->
            rendering.press("重新生成")
            assertEquals(listOf("askToRegenerate()"), rendering.asked)
        }
        val asked = shots.single { it.name == "codes-regenerate" }
        Rendering(asked.state, Look()).use { rendering ->
            rendering.press("先不")
            rendering.press("重新生成")
            assertEquals(listOf("decline()", "agree()"), rendering.asked)
        }
    }
}
