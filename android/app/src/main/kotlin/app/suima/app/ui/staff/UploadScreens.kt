package app.suima.app.ui.staff

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.suima.app.model.Remedy
import app.suima.app.model.SamplingActions
import app.suima.app.model.SamplingState
import app.suima.app.ui.Label
import app.suima.app.ui.Screen
import app.suima.app.ui.label
import app.suima.app.ui.parts.Asking
import app.suima.app.ui.parts.Card
import app.suima.app.ui.parts.Heading
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.Told
import app.suima.app.ui.parts.Way
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima
import java.time.Instant
import suima.StationStatus

/** What waits to be uploaded, and what the last upload brought. */
@Composable
fun UploadScreen(state: SamplingState, actions: SamplingActions, onOpen: (Screen) -> Unit, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) {
    val waiting = state.status?.waiting ?: 0u
    Page(
        say(Label.UPLOAD),
        onBack,
        state.banners,
        onRemedy,
        bottom = { PressButton(say(Label.UPLOAD), actions::upload, Modifier.fillMaxWidth(), enabled = waiting > 0u && !state.upload.busy) },
    ) {
        Heading(if (waiting > 0u) say(Label.WAITING_ENTRIES, waiting) else say(Label.NOTHING_WAITS), style = Suima.type.title)
        if (state.upload.busy) Asking(null)
        state.upload.acknowledged?.let { Told(say(Label.ACKNOWLEDGED, it), Suima.colours.done, Sign.YES) }
        ConflictsWay(state.status, onOpen)
        Line(knowledge(state.status), style = Suima.type.small, ink = Suima.colours.soft)
    }
}

/** The way to what somebody has to look into, where there is anything. */
@Composable
internal fun ConflictsWay(status: StationStatus?, onOpen: (Screen) -> Unit) {
    val odd = (status?.conflicts?.size ?: 0) + (status?.notInRegister?.size ?: 0)
    if (odd > 0) Way(say(Label.CONFLICTS), { onOpen(Screen.CONFLICTS) }, beneath = say(Label.CONFLICT_COUNT, odd))
}

/** What is at odds with what others uploaded. Nothing was dropped; somebody has to look. */
@Composable
fun ConflictsScreen(state: SamplingState, onBack: () -> Unit) {
    val status = state.status
    Page(say(Label.CONFLICTS), onBack) {
        if (status == null || (status.conflicts.isEmpty() && status.notInRegister.isEmpty())) Line(say(Label.NO_CONFLICTS))
        status?.conflicts?.forEach { Odd(say(it.kind.label), it.name, it.barcode, it.at) }
        status?.notInRegister?.forEach { Odd(say(Label.NOT_IN_REGISTER), it.name, it.barcode, it.at) }
    }
}

@Composable
private fun Odd(what: String, name: String?, barcode: String?, at: Instant) {
    Card {
        Heading(what)
        val who = listOfNotNull(name, barcode?.let { say(Label.TUBE_LINE, it) })
        if (who.isNotEmpty()) Line(who.joinToString(" · "))
        Line(minute(at), style = Suima.type.small, ink = Suima.colours.soft)
    }
}
