package app.suima.app.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.drawscope.withTransform
import androidx.compose.ui.graphics.vector.PathParser
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import kotlin.math.floor

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
 * edges are what cheap readers stumble over. Takes the same room whatever it says.
 */
@Composable
internal fun QrCode(svg: String, description: String, modifier: Modifier = Modifier) {
    val drawing = remember(svg) { QrDrawing.of(svg) }
    Canvas(
        modifier.aspectRatio(1f).semantics {
            contentDescription = description
            role = Role.Image
        },
    ) {
        drawRect(Color.White)
        val exact = size.minDimension / drawing.side
        val module = if (exact >= 2f) floor(exact) else exact
        val start = floor((size.minDimension - module * drawing.side) / 2)
        withTransform({
            translate(start, start)
            scale(module, module, Offset.Zero)
        }) {
            drawPath(drawing.modules, Color.Black)
        }
    }
}
