package app.suima.app.ui.theme

import androidx.compose.ui.graphics.Color

/** What is read and what it is read on. */
data class Inked(val ink: Color, val ground: Color)

/**
 * The colours of the app, by what they are for. Whatever a person must read has a contrast of at least 7:1 with its
 * ground (WCAG 2.2, level AAA), in rain and in sunlight; [read] lists these pairs.
 */
data class Palette(
    /** The screen, and what is read on it. */
    val page: Inked,
    /** Cards and fields. */
    val card: Inked,
    /** What is less pressing, on [page] and [card] alike. */
    val soft: Color,
    /** Lines that part things; read by nobody. */
    val line: Color,
    /** The edge of what can be pressed or filled in. */
    val edge: Color,
    /** The button that goes on. */
    val act: Inked,
    /** Words of what can be pressed, on [page] and [card] alike. */
    val link: Color,
    /** The choice that is taken. */
    val chosen: Inked,
    /** The button that voids something. */
    val danger: Inked,
    /** A notice of the core. */
    val notice: Inked,
    /** That there is no network. */
    val offline: Inked,
    /** That something was not done. */
    val problem: Inked,
    /** That something is done. */
    val done: Inked,
    /** Words in the health colours, on [page] and [card] alike. */
    val green: Color,
    val yellow: Color,
    val red: Color,
) {
    /** Every pair that is read. */
    val read: List<Inked>
        get() = listOf(page, card, act, chosen, danger, notice, offline, problem, done) +
            listOf(soft, link, green, yellow, red).flatMap { listOf(Inked(it, page.ground), Inked(it, card.ground)) }
}

private val white = Color(0xFFFFFFFF)

/** By day. */
val lightPalette = Palette(
    page = Inked(Color(0xFF0E1B26), Color(0xFFF2F5F7)),
    card = Inked(Color(0xFF0E1B26), white),
    soft = Color(0xFF3A4853),
    line = Color(0xFFD3DBE1),
    edge = Color(0xFF6B7883),
    act = Inked(white, Color(0xFF07466F)),
    link = Color(0xFF07466F),
    chosen = Inked(Color(0xFF07466F), Color(0xFFDDEBF5)),
    danger = Inked(white, Color(0xFF94191A)),
    notice = Inked(Color(0xFF5A3600), Color(0xFFFDF1D6)),
    offline = Inked(Color(0xFF0E1B26), Color(0xFFDCE3E9)),
    problem = Inked(Color(0xFF8A1415), Color(0xFFFDEAE8)),
    done = Inked(Color(0xFF08532E), Color(0xFFE0F4E8)),
    green = Color(0xFF0A5A32),
    yellow = Color(0xFF5A3A00),
    red = Color(0xFF94191A),
)

/** By night. A code stays black on white: readers want it so. */
val darkPalette = Palette(
    page = Inked(Color(0xFFE8EEF2), Color(0xFF0D141A)),
    card = Inked(Color(0xFFE8EEF2), Color(0xFF18222B)),
    soft = Color(0xFFB4C0CA),
    line = Color(0xFF2E3B46),
    edge = Color(0xFF8795A1),
    act = Inked(Color(0xFF06283F), Color(0xFF9CCBF0)),
    link = Color(0xFF9CCBF0),
    chosen = Inked(Color(0xFFBFE6FF), Color(0xFF0F3550)),
    danger = Inked(Color(0xFF3B0505), Color(0xFFFFB4AB)),
    notice = Inked(Color(0xFFFFDD8A), Color(0xFF3A2B00)),
    offline = Inked(Color(0xFFE8EEF2), Color(0xFF2A3641)),
    problem = Inked(Color(0xFFFFC9C2), Color(0xFF4A1512)),
    done = Inked(Color(0xFFB5F0CB), Color(0xFF0C3A22)),
    green = Color(0xFF8FE0AE),
    yellow = Color(0xFFFFD873),
    red = Color(0xFFFFB4AB),
)

/**
 * The colours of whole screens: of a verdict, seen from two metres, and of a health colour. The same by day and by
 * night, as a traffic light is.
 */
object Lights {
    /** Yes; and the green code. */
    val green = Inked(white, Color(0xFF0A5A32))

    /** Look first; and the yellow code. */
    val yellow = Inked(Color(0xFF2B1D00), Color(0xFFF6C445))

    /** No; and the red code. */
    val red = Inked(white, Color(0xFF94191A))

    /** Nothing to say yet. */
    val none = Inked(white, Color(0xFF1D2B36))

    /** Every one. */
    val all = listOf(green, yellow, red, none)
}

/** The bands of people, in the order to swipe: none of them is a health colour. */
val bands = listOf(
    Inked(white, Color(0xFF1B4B7A)),
    Inked(white, Color(0xFF6B2470)),
    Inked(white, Color(0xFF5B3A1E)),
    Inked(white, Color(0xFF00525C)),
    Inked(white, Color(0xFF3D3A8C)),
    Inked(white, Color(0xFF4A4A4A)),
)

/** The band of the person at this place. */
fun band(index: Int): Inked = bands[index.mod(bands.size)]
