package app.suima.app.ui

import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.text.TextLayoutResult

/** What is wrong with a screen, mechanically: clipped, outside, too small to press, one on the other, or mute. */
fun Rendering.faults(): List<String> {
    val window = Rect(Offset.Zero, Size(look.window.width * look.window.density, look.window.height * look.window.density))
    val nodes = nodes()
    val texts = nodes.filter { SemanticsActions.GetTextLayoutResult in it.config && it.words().any(String::isNotBlank) }
    val pressed = told().filter { SemanticsActions.OnClick in it.config }
    return texts.flatMap { overflow(it) + broken(it) } +
        texts.mapNotNull { outside(it, window) } +
        pressed.mapNotNull { outside(it, window) } +
        pressed.mapNotNull { tooSmall(it, look.window.density) } +
        pressed.mapNotNull { mute(it) } +
        pairs(pressed).mapNotNull { (a, b) -> overlap("pressed", a, b) } +
        pairs(texts).mapNotNull { (a, b) -> overlap("read", a, b) } +
        listOfNotNull("no heading".takeIf { nodes.none { node -> SemanticsProperties.Heading in node.config } })
}

private fun SemanticsNode.called() = "\"${words().joinToString(" ").take(30)}\""

private fun SemanticsNode.place() = Rect(positionInRoot, Size(size.width.toFloat(), size.height.toFloat()))

private fun SemanticsNode.layout(): TextLayoutResult? {
    val found = mutableListOf<TextLayoutResult>()
    config.getOrNull(SemanticsActions.GetTextLayoutResult)?.action?.invoke(found)
    return found.firstOrNull()
}

private fun overflow(node: SemanticsNode): List<String> {
    val layout = node.layout() ?: return listOf("${node.called()} has no layout")
    return listOfNotNull("${node.called()} overflows its bounds".takeIf { layout.hasVisualOverflow })
}

/** A line that ends within a word of Latin letters or a number was too narrow for it. */
private fun broken(node: SemanticsNode): List<String> {
    val layout = node.layout() ?: return emptyList()
    val text = layout.layoutInput.text.text
    fun inWord(c: Char) = c in 'a'..'z' || c in 'A'..'Z' || c in '0'..'9'
    return (0 until layout.lineCount - 1).map { layout.getLineEnd(it) }
        .filter { it in 1 until text.length && inWord(text[it - 1]) && inWord(text[it]) }
        .map { "${node.called()} breaks a word at ${text.substring(0, it).takeLast(8)}|" }
}

private fun scrolls(node: SemanticsNode, vertical: Boolean): Boolean {
    val axis = if (vertical) SemanticsProperties.VerticalScrollAxisRange else SemanticsProperties.HorizontalScrollAxisRange
    return generateSequence(node.parent) { it.parent }.any { axis in it.config }
}

private fun outside(node: SemanticsNode, window: Rect): String? {
    val place = node.place()
    val wide = !scrolls(node, vertical = false) && (place.left < window.left - 1 || place.right > window.right + 1)
    val high = !scrolls(node, vertical = true) && (place.top < window.top - 1 || place.bottom > window.bottom + 1)
    return "${node.called()} is outside of the window: $place".takeIf { wide || high }
}

private fun tooSmall(node: SemanticsNode, density: Float): String? {
    val (width, height) = node.size.width / density to node.size.height / density
    return "${node.called()} is $width x $height dp".takeIf { width < LEAST || height < LEAST }
}

private fun mute(node: SemanticsNode): String? {
    val field = SemanticsActions.SetText in node.config
    return "something at ${node.place()} can be pressed and says nothing".takeIf { !field && node.words().all(String::isBlank) }
}

private fun overlap(what: String, a: SemanticsNode, b: SemanticsNode): String? {
    val common = a.boundsInRoot.intersect(b.boundsInRoot)
    return "${a.called()} and ${b.called()} are $what at one place".takeIf { common.width > 1 && common.height > 1 }
}

private fun <T> pairs(list: List<T>): List<Pair<T, T>> =
    list.flatMapIndexed { i, a -> list.drop(i + 1).map { a to it } }

/** The least side of what is pressed, in dp. */
private const val LEAST = 48f
