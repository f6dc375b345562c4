package app.suima.app.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.unit.Dp

/** A sign beside a word, so that nothing is told by its colour alone. Screen readers read the word. */
internal enum class Sign {
    /** A ring with a tick. */
    YES,

    /** A triangle with an exclamation mark. */
    LOOK,

    /** An octagon with a cross. */
    NO,

    /** A ring with a question mark's place: an i. */
    NOTE,

    /** A cloud's stead: two arcs struck through. */
    OFFLINE,

    BACK,
    FORWARD,

    /** A square of modules: the code. */
    CODE,

    /** Two heads. */
    FAMILY,

    /** Four corners: a viewfinder. */
    SCAN,

    /** Three lines. */
    MORE,
}

/** Draws a sign. */
@Composable
internal fun Sign(sign: Sign, ink: Color, side: Dp, modifier: Modifier = Modifier, inner: Color? = null) {
    Canvas(modifier.size(side)) {
        when (sign) {
            Sign.YES -> filled(inner, { ring(ink, it) }) { strokes(it ?: ink, listOf(.28f to .52f, .44f to .68f, .74f to .34f)) }
            Sign.LOOK -> filled(inner, { polygon(ink, triangle, it) }) { mark(it ?: ink, top = .36f, bottom = .62f, dot = .76f) }
            Sign.NO -> filled(inner, { polygon(ink, octagon, it) }) {
                strokes(it ?: ink, listOf(.34f to .34f, .66f to .66f))
                strokes(it ?: ink, listOf(.66f to .34f, .34f to .66f))
            }
            Sign.NOTE -> filled(inner, { ring(ink, it) }) { mark(it ?: ink, top = .48f, bottom = .72f, dot = .3f) }
            Sign.OFFLINE -> {
                listOf(.42f, .26f, .1f).forEach { r ->
                    drawArc(ink, 215f, 110f, false, at(.5f - r, .72f - r), size * (2 * r), style = line())
                }
                strokes(ink, listOf(.16f to .14f, .84f to .86f))
            }
            Sign.BACK -> strokes(ink, listOf(.64f to .18f, .34f to .5f, .64f to .82f))
            Sign.FORWARD -> strokes(ink, listOf(.36f to .18f, .66f to .5f, .36f to .82f))
            Sign.CODE -> listOf(.12f to .12f, .56f to .12f, .12f to .56f).forEach { (x, y) ->
                drawRect(ink, at(x, y), size * .32f, style = line())
            }.also { drawRect(ink, at(.6f, .6f), size * .28f) }
            Sign.FAMILY -> listOf(.34f to .15f, .7f to .11f).forEach { (x, r) ->
                drawCircle(ink, r * size.width, at(x, .34f))
                drawArc(ink, 180f, 180f, true, at(x - 1.6f * r, .58f), size * (3.2f * r))
            }
            Sign.SCAN -> {
                listOf(0f, 1f).forEach { x ->
                    listOf(0f, 1f).forEach { y ->
                        fun place(edge: Float, inset: Float) = if (edge == 0f) .14f + inset else .86f - inset
                        strokes(ink, listOf(place(x, .2f) to place(y, 0f), place(x, 0f) to place(y, 0f), place(x, 0f) to place(y, .2f)))
                    }
                }
                strokes(ink, listOf(.14f to .5f, .86f to .5f))
            }
            Sign.MORE -> listOf(.26f, .5f, .74f).forEach { y -> strokes(ink, listOf(.14f to y, .86f to y)) }
        }
    }
}

private val triangle = listOf(.5f to .06f, .97f to .9f, .03f to .9f)
private val octagon = listOf(
    .3f to .04f, .7f to .04f, .96f to .3f, .96f to .7f, .7f to .96f, .3f to .96f, .04f to .7f, .04f to .3f,
)

/** An outline with its mark in the same ink; or, where there is an [inner] colour, a solid with its mark in that. */
private inline fun filled(inner: Color?, outline: (Boolean) -> Unit, mark: (Color?) -> Unit) {
    outline(inner != null)
    mark(inner)
}

private fun DrawScope.at(x: Float, y: Float) = Offset(x * size.width, y * size.height)

private fun DrawScope.line() = Stroke(size.minDimension * .1f, cap = StrokeCap.Round, join = StrokeJoin.Round)

private fun DrawScope.path(points: List<Pair<Float, Float>>, closed: Boolean) = Path().apply {
    points.forEachIndexed { i, (x, y) ->
        if (i == 0) moveTo(x * size.width, y * size.height) else lineTo(x * size.width, y * size.height)
    }
    if (closed) close()
}

private fun DrawScope.strokes(ink: Color, points: List<Pair<Float, Float>>) = drawPath(path(points, closed = false), ink, style = line())

private fun DrawScope.ring(ink: Color, solid: Boolean) =
    if (solid) drawCircle(ink, size.minDimension * .48f) else drawCircle(ink, size.minDimension * .43f, style = line())

private fun DrawScope.polygon(ink: Color, points: List<Pair<Float, Float>>, solid: Boolean) {
    val path = path(points, closed = true)
    if (solid) drawPath(path, ink) else drawPath(path, ink, style = line())
}

private fun DrawScope.mark(ink: Color, top: Float, bottom: Float, dot: Float) {
    strokes(ink, listOf(.5f to top, .5f to bottom))
    drawCircle(ink, size.minDimension * .06f, at(.5f, dot))
}
