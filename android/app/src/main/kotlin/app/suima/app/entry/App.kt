package app.suima.app.entry

import androidx.activity.compose.BackHandler
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import androidx.compose.ui.viewinterop.AndroidView
import app.suima.app.model.Banner
import app.suima.app.model.ChallengeState
import app.suima.app.model.CodesState
import app.suima.app.model.DoorState
import app.suima.app.model.EnrolState
import app.suima.app.model.FamilyState
import app.suima.app.model.Language
import app.suima.app.model.Model
import app.suima.app.model.PaperState
import app.suima.app.model.SamplingState
import app.suima.app.platform.AppCore
import app.suima.app.platform.PartState
import app.suima.app.platform.ScannerPanel
import app.suima.app.platform.Shell
import app.suima.app.platform.Showing
import app.suima.app.platform.Wanted
import app.suima.app.platform.showing
import app.suima.app.platform.takesScanner
import app.suima.app.ui.AppScreen
import app.suima.app.ui.AppState
import app.suima.app.ui.Screen

/** The screens over the models that are open by now; before, they are empty. */
@Composable
internal fun App(
    core: AppCore,
    shell: Shell,
    onAllowCamera: () -> Unit,
    onShowing: (Showing, Boolean) -> Unit,
) {
    val way by shell.way.collectAsState()
    val settings by core.settings.state.collectAsState()
    val citizenPart by core.citizen.state.collectAsState()
    val staffPart by core.staff.state.collectAsState()
    val citizen = citizenPart.value
    val staff = staffPart.value
    val state = AppState(
        screen = way.last(),
        settings = settings,
        enrol = stateOf(citizen?.enrol, EnrolState(banners = citizenPart.banners)),
        codes = stateOf(citizen?.codes, CodesState()),
        family = stateOf(citizen?.family, FamilyState()),
        challenge = stateOf(citizen?.challenge, ChallengeState()),
        paper = stateOf(citizen?.paper, PaperState()),
        enrolStation = stateOf(staff?.enrol, EnrolState(banners = staffPart.banners)),
        sampling = stateOf(staff?.sampling, SamplingState()),
        door = stateOf(staff?.door, DoorState()),
    )
    val actions = remember(shell, citizen, staff) { shell.actions(citizen, staff) }
    SideEffect { onShowing(state.showing(), state.takesScanner()) }
    BackHandler(enabled = way.size > 1 || state.codes.question != null) { shell.goBack() }
    val wanted = if (state.screen == Screen.SAMPLING) Wanted.CODES_AND_TUBES else Wanted.CODES
    AppScreen(
        state,
        actions,
        finder = { onText, modifier -> Finder(wanted, settings.language, onText, onAllowCamera, modifier) },
        Modifier.safeDrawingPadding(),
    )
}

/** The camera's picture, within the screens. */
@Composable
private fun Finder(
    wanted: Wanted,
    language: Language,
    onText: (String) -> Unit,
    onAllow: () -> Unit,
    modifier: Modifier,
) {
    val latest by rememberUpdatedState(onText)
    key(wanted, language) {
        AndroidView(
            factory = { context -> ScannerPanel(context, wanted, language, { text -> latest(text) }, onAllow) },
            modifier = modifier,
        )
    }
}

@Composable
private fun <State> stateOf(model: Model<State>?, before: State): State =
    if (model == null) before else key(model) { model.state.collectAsState().value }

private val PartState<*>.banners: List<Banner> get() = listOfNotNull((this as? PartState.Failed)?.banner)
