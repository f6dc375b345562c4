package app.suima.app.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.drawscope.withTransform
import androidx.compose.ui.graphics.vector.PathParser
import androidx.compose.ui.layout.layout
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Constraints
import kotlin.math.floor
import kotlin.math.max

/** What the core drew: its modules with their quiet zone, one unit to a module. */
internal class QrDrawing(val side: Int, val modules: Path) {
    companion object {
        private val viewBox = Regex("""viewBox="0 0 (\d+) \d+"""")
        private val paths = Regex("""<path[^>]* d="([^"]*)"""")

        /** Takes the core's SVG apart: the ground, then the dark modules as one path. */
        fun of(svg: String): QrDrawing {
            val side = requireNotNull(viewBox.find(svg)) { "a drawing of the core has a view box" }.groupValues[1].toInt()
            val dark = paths.findAll(svg).last().groupValues[1]
            return QrDrawing(side, PathParser().parsePathString(dark).toPath())
        }
    }
}

/**
 * A QR code, black on white whatever the theme, with its quiet zone. A module takes a whole number of pixels: blurred
 * edges are what cheap readers stumble over. As wide as there is room, and as high as whole pixels make it.
 */
@Composable
internal fun QrCode(svg: String, description: String, modifier: Modifier = Modifier) {
    val drawing = remember(svg) { QrDrawing.of(svg) }
    Canvas(
        modifier.layout { measurable, constraints ->
            val (width, side) = constraints.maxWidth to drawing.side * max(1, constraints.maxWidth / drawing.side)
            val placeable = measurable.measure(Constraints.fixed(width, side))
            layout(width, side) { placeable.place(0, 0) }
        }.semantics {
            contentDescription = description
            role = Role.Image
        },
    ) {
        drawRect(Color.White)
        val module = size.height / drawing.side
        withTransform({
            translate(floor((size.width - size.height) / 2), 0f)
            scale(module, module, Offset.Zero)
        }) {
            drawPath(drawing.modules, Color.Black)
        }
    }
}
