package app.suima.app.ui.staff

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.suima.app.model.DoorPlace
import app.suima.app.model.Remedy
import app.suima.app.model.SamplingActions
import app.suima.app.model.SamplingState
import app.suima.app.ui.Label
import app.suima.app.ui.Screen
import app.suima.app.ui.parts.Card
import app.suima.app.ui.parts.Field
import app.suima.app.ui.parts.Heading
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Question
import app.suima.app.ui.parts.Viewfinder
import app.suima.app.ui.parts.Way
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima

/** Which work is done with this station. */
@Composable
fun StaffScreen(onOpen: (Screen) -> Unit, onStand: (DoorPlace) -> Unit) {
    Page(say(Label.STAFF_WORK), { onOpen(Screen.MORE) }) {
        Way(say(Label.SAMPLING), { onOpen(Screen.SAMPLING) })
        Way(
            say(Label.MANUAL_CHECK),
            {
                onStand(DoorPlace.MANUAL_CHECK)
                onOpen(Screen.MANUAL_CHECK)
            },
        )
        Way(
            say(Label.GATE),
            {
                onStand(DoorPlace.GATE)
                onOpen(Screen.GATE)
            },
        )
        Way(say(Label.ENROL_STATION), { onOpen(Screen.ENROL_STATION) })
    }
}

/** Sampling: session, tube, and what is asked on the way. */
@Composable
fun SamplingScreen(
    state: SamplingState,
    actions: SamplingActions,
    finder: Viewfinder,
    onOpen: (Screen) -> Unit,
    onRemedy: (Remedy) -> Unit,
    onBack: () -> Unit,
) {
    var entry by rememberSaveable { mutableStateOf<String?>(null) }
    val seat = state.tube?.seats?.firstOrNull { it.entry == entry }
    val question = state.question
    val seal = state.seal
    val barcode = state.barcode
    val card = state.card
    val tube = state.tube
    when {
        state.session == null -> SessionScreen(state, actions, onRemedy, onBack)
        question != null -> MaybeTwice(say(question.said), question.name, actions)
        card != null -> IdCardScreen(card, state.banners, onRemedy, actions::leave, Label.REGISTER, onCard = actions::idCard)
        barcode != null -> CapacityScreen(barcode, tube != null && !tube.sealed, actions)
        seal != null && tube != null -> SealScreen(tube, seal, state.banners, actions, onRemedy)
        seat != null -> SeatScreen(seat, tube, state.tubes, actions) { entry = null }
        else -> TubeScreen(state, actions, finder, { entry = it }, onOpen, onRemedy, onBack)
    }
}

/** Begins a session: where, and who. */
@Composable
private fun SessionScreen(state: SamplingState, actions: SamplingActions, onRemedy: (Remedy) -> Unit, onBack: () -> Unit) {
    var site by rememberSaveable { mutableStateOf("") }
    var staff by rememberSaveable { mutableStateOf("") }
    Page(
        say(Label.BEGIN_SESSION),
        onBack,
        state.banners,
        onRemedy,
        bottom = {
            PressButton(
                say(Label.BEGIN_SESSION),
                { actions.openSession(site, staff) },
                Modifier.fillMaxWidth(),
                enabled = site.isNotBlank() && staff.isNotBlank(),
            )
        },
    ) {
        Field(say(Label.SITE), site, { site = it })
        Field(say(Label.STAFF_MEMBER), staff, { staff = it })
        Card {
            Line(knowledge(state.status), style = Suima.type.small)
            PressButton(say(Label.SYNC), actions::sync, Modifier.fillMaxWidth(), Weight.PLAIN, !state.syncing)
        }
    }
}

/** An ID card whose owner may be in the tube already. */
@Composable
private fun MaybeTwice(sentence: String, name: String, actions: SamplingActions) {
    Question(
        say(Label.MAYBE_TWICE),
        sentence,
        say(Label.DIFFERENT_PEOPLE),
        actions::differentPeople,
        say(Label.IS_SAME_PERSON),
        actions::samePerson,
        Weight.FULL,
    ) {
        Heading(name, style = Suima.type.name)
    }
}

/** For how many people a tube is. */
@Composable
private fun CapacityScreen(barcode: String, beside: Boolean, actions: SamplingActions) {
    Page(say(Label.CAPACITY), actions::leave) {
        Heading(say(Label.TUBE_LINE, barcode))
        listOf(1, 5, 10, 20).forEach { people ->
            PressButton(
                say(Label.PEOPLE_PER_TUBE, people),
                { actions.openTube(barcode, people.toUByte(), beside) },
                Modifier.fillMaxWidth(),
                if (people == 10) Weight.FULL else Weight.PLAIN,
            )
        }
    }
}
