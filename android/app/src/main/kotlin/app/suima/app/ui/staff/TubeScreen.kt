package app.suima.app.ui.staff

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.suima.app.model.Remedy
import app.suima.app.model.SamplingActions
import app.suima.app.model.SamplingState
import app.suima.app.ui.Label
import app.suima.app.ui.Screen
import app.suima.app.ui.parts.Field
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Typed
import app.suima.app.ui.parts.Viewfinder
import app.suima.app.ui.parts.Way
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima
import suima.RegistrationView
import suima.TubeView

/** The tube in hand: the last verdict as the light of the whole screen, and the people in the tube in a row. */
@Composable
internal fun TubeScreen(
    state: SamplingState,
    actions: SamplingActions,
    finder: Viewfinder,
    onSeat: (String) -> Unit,
    onOpen: (Screen) -> Unit,
    onRemedy: (Remedy) -> Unit,
    onBack: () -> Unit,
) {
    var tools by rememberSaveable { mutableStateOf(false) }
    if (tools) {
        Tools(state, actions, onOpen, onRemedy) { tools = false }
        return
    }
    val tube = state.tube
    val verdict = state.verdict
    Light(
        look(verdict?.registration?.signal),
        if (tube == null) say(Label.SAMPLING) else say(Label.TUBE_LINE, tube.barcode),
        "${state.session?.site.orEmpty()} · ${state.session?.staff.orEmpty()}".takeUnless { Suima.elder },
        tube?.let { say(Label.TAKEN, it.seats.size, it.capacity) },
        onBack,
        finder,
        actions::scan,
        state.banners,
        onRemedy,
        foot = { TubeFoot(tube, actions, onSeat) { tools = true } },
    ) {
        when {
            verdict != null -> VerdictText(verdict.registration.seen(verdict.number), atDoor = false)
            else -> Ready(say(if (tube == null || tube.sealed) Label.SCAN_TUBE else Label.READY))
        }
    }
}

private fun RegistrationView.seen(number: Int) = Verdict(
    number,
    signal,
    said,
    cautions,
    person?.name ?: shown?.name,
    person?.birthYear ?: shown?.birthYear,
    person?.presented ?: shown?.presented,
    colour = null,
)

@Composable
private fun ColumnScope.TubeFoot(tube: TubeView?, actions: SamplingActions, onSeat: (String) -> Unit, onTools: () -> Unit) {
    if (tube != null) Seats(tube, onSeat)
    if (tube == null || tube.sealed) TypedBarcode(actions)
    Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp)) {
        if (tube != null && !tube.sealed) PressButton(say(Label.SEAL), actions::openSeal, Modifier.weight(1f))
        PressButton(say(Label.TOOLS), onTools, Modifier.weight(1f), Weight.PLAIN)
    }
}

@Composable
private fun TypedBarcode(actions: SamplingActions) {
    var barcode by rememberSaveable { mutableStateOf("") }
    Field(say(Label.TYPE_BARCODE), barcode, { barcode = it }, typed = Typed.CAPITALS)
    PressButton(
        say(Label.OPEN),
        {
            actions.scan(barcode)
            barcode = ""
        },
        Modifier.fillMaxWidth(),
        enabled = barcode.isNotBlank(),
    )
}

private val seatShape = RoundedCornerShape(12.dp)

/** The people in the tube, by place; pressing one opens what can be done about them. The last is in sight. */
@Composable
private fun Seats(tube: TubeView, onSeat: (String) -> Unit) {
    val scroll = rememberScrollState()
    LaunchedEffect(tube.seats.size, scroll.maxValue) { scroll.scrollTo(if (tube.seats.size > 4) scroll.maxValue else 0) }
    val colours = Suima.colours
    Row(Modifier.fillMaxWidth().horizontalScroll(scroll), Arrangement.spacedBy(8.dp)) {
        tube.seats.forEach { seat ->
            val description = say(Label.SEAT_OF, seat.seat, seat.name)
            Column(
                Modifier.clip(seatShape).background(colours.done.ground).border(2.dp, colours.done.ink, seatShape)
                    .clickable(role = Role.Button) { onSeat(seat.entry) }
                    .semantics { contentDescription = description }
                    .widthIn(min = 68.dp).heightIn(min = 60.dp).padding(8.dp, 6.dp),
                Arrangement.Center,
                Alignment.CenterHorizontally,
            ) {
                Line("${seat.seat}", style = Suima.type.small, ink = colours.done.ink)
                Line(seat.name, style = Suima.type.button, ink = colours.done.ink)
            }
        }
        val free = tube.capacity.toInt() - tube.seats.size
        if (!tube.sealed && free > 0) {
            Column(
                Modifier.clip(seatShape).border(2.dp, colours.edge, seatShape)
                    .widthIn(min = 68.dp).heightIn(min = 60.dp).padding(8.dp, 6.dp),
                Arrangement.Center,
                Alignment.CenterHorizontally,
            ) {
                Line(say(Label.FREE), style = Suima.type.small, ink = colours.soft)
                Line("$free", style = Suima.type.button, ink = colours.soft)
            }
        }
    }
}

/** What is done now and then. */
@Composable
private fun Tools(state: SamplingState, actions: SamplingActions, onOpen: (Screen) -> Unit, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) {
    val status = state.status
    Page(say(Label.TOOLS), onBack, state.banners, onRemedy) {
        Way(say(Label.ID_CARD), { onOpen(Screen.ID_CARD) })
        Way(say(Label.BY_HAND), { onOpen(Screen.BY_HAND) })
        Way(say(Label.UPLOAD), { onOpen(Screen.UPLOAD) }, beneath = status?.let { say(Label.WAITING_ENTRIES, it.waiting) })
        ConflictsWay(status, onOpen)
        Way(say(Label.HAND_OVER), { onOpen(Screen.HAND_OVER) }, beneath = state.session?.staff)
        state.tubes.filter { it.barcode != state.tube?.barcode }.forEach { tube ->
            Way(
                say(Label.TUBE_LINE, tube.barcode),
                {
                    actions.select(tube.barcode)
                    onBack()
                },
                beneath = say(Label.TAKEN, tube.seats.size, tube.capacity),
            )
        }
        PressButton(say(Label.SYNC), actions::sync, Modifier.fillMaxWidth(), Weight.PLAIN, !state.syncing)
        Line(knowledge(status), style = Suima.type.small, ink = Suima.colours.soft)
    }
}
