package app.suima.app.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.suima.app.ui.citizen.ChallengeScreen
import app.suima.app.ui.citizen.CheckPictureScreen
import app.suima.app.ui.citizen.CodesScreen
import app.suima.app.ui.citizen.EnrolScreen
import app.suima.app.ui.citizen.MoreScreen
import app.suima.app.ui.citizen.NewsScreen
import app.suima.app.ui.citizen.PaperScreen
import app.suima.app.ui.citizen.RemindersScreen
import app.suima.app.ui.citizen.SettingsScreen
import app.suima.app.ui.family.AddRelativeScreen
import app.suima.app.ui.family.ConsentScreen
import app.suima.app.ui.family.FamilyScreen
import app.suima.app.ui.family.HoldersScreen
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.Viewfinder
import app.suima.app.ui.parts.say
import app.suima.app.ui.staff.ByHandScreen
import app.suima.app.ui.staff.ConflictsScreen
import app.suima.app.ui.staff.GateScreen
import app.suima.app.ui.staff.HandOverScreen
import app.suima.app.ui.staff.IdCardScreen
import app.suima.app.ui.staff.ManualCheckScreen
import app.suima.app.ui.staff.SamplingScreen
import app.suima.app.ui.staff.StaffScreen
import app.suima.app.ui.staff.UploadScreen
import app.suima.app.ui.theme.Suima
import app.suima.app.ui.theme.SuimaTheme

/**
 * The whole app: draws the screen that [state] says. [finder] is the camera's picture. Insets of the system are the
 * caller's, by [modifier].
 */
@Composable
fun AppScreen(
    state: AppState,
    actions: AppActions,
    finder: Viewfinder,
    modifier: Modifier = Modifier,
    dark: Boolean = isSystemInDarkTheme(),
) {
    SuimaTheme(state.settings, dark) {
        Column(modifier.fillMaxSize().background(Suima.colours.page.ground)) {
            Box(Modifier.weight(1f).fillMaxWidth()) { Screen(state, actions, finder) }
            if (state.atHome) Ways(state.screen, actions.ways::open)
        }
    }
}

@Composable
private fun Screen(state: AppState, actions: AppActions, finder: Viewfinder) {
    val ways = actions.ways
    when (state.screen) {
        Screen.ENROL -> EnrolScreen(state.enrol, actions.enrol, station = false, ways::remedy)
        Screen.CODES -> CodesScreen(state.codes, actions.codes, ways::remedy) { ways.open(Screen.NEWS) }
        Screen.CHECK_PICTURE -> CheckPictureScreen(state.codes, actions.codes, ways::choosePicture, ways::remedy, ways::back)
        Screen.NEWS -> NewsScreen(state.codes, actions.codes, ways::back)
        Screen.REMINDERS -> RemindersScreen(state.codes.reminders, ways::back)
        Screen.FAMILY -> FamilyScreen(state.family, actions.family, ways::open, ways::remedy)
        Screen.ADD_RELATIVE -> AddRelativeScreen(state.family, actions.family, ways::remedy, ways::back)
        Screen.CONSENT -> ConsentScreen(state.family, actions.family, ways::remedy, ways::back)
        Screen.HOLDERS -> HoldersScreen(state.family, actions.family, ways::remedy, ways::back)
        Screen.CHALLENGE -> ChallengeScreen(state.challenge, actions.challenge, finder, ways::remedy)
        Screen.PAPER -> PaperScreen(state.paper, actions.paper, ways::remedy, ways::back)
        Screen.MORE -> MoreScreen(state.codes.reminders.size, state.codes.news.size, ways::open)
        Screen.SETTINGS -> SettingsScreen(state.settings, actions.settings, ways::back)
        Screen.STAFF -> StaffScreen(ways::open, actions.door::stand)
        Screen.ENROL_STATION -> EnrolScreen(state.enrolStation, actions.enrolStation, station = true, ways::remedy, ways::back)
        Screen.SAMPLING -> SamplingScreen(state.sampling, actions.sampling, finder, ways::open, ways::remedy, ways::back)
        Screen.ID_CARD -> IdCardScreen(state.sampling.card, state.sampling.banners, ways::remedy, ways::back, Label.REGISTER) { number, name ->
            actions.sampling.idCard(number, name)
            ways.back()
        }
        Screen.BY_HAND -> ByHandScreen(state.sampling, ways::remedy, ways::back) { name, document, contact ->
            actions.sampling.byHand(name, document, contact)
            ways.back()
        }
        Screen.HAND_OVER -> HandOverScreen(state.sampling, ways::remedy, ways::back) { staff ->
            actions.sampling.handOver(staff)
            ways.back()
        }
        Screen.UPLOAD -> UploadScreen(state.sampling, actions.sampling, ways::open, ways::remedy, ways::back)
        Screen.CONFLICTS -> ConflictsScreen(state.sampling, ways::back)
        Screen.GATE -> GateScreen(state.door, actions.door, finder, ways::remedy, ways::back)
        Screen.MANUAL_CHECK -> ManualCheckScreen(state.door, actions.door, finder, ways::remedy, ways::back)
    }
}

private class HomeWay(val screen: Screen, val label: Label, val sign: Sign)

private val homeWays = listOf(
    HomeWay(Screen.CODES, Label.CODES, Sign.CODE),
    HomeWay(Screen.FAMILY, Label.FAMILY, Sign.FAMILY),
    HomeWay(Screen.CHALLENGE, Label.SCAN, Sign.SCAN),
    HomeWay(Screen.MORE, Label.MORE, Sign.MORE),
)

/** The ways at the foot; in elder mode one fewer, with larger words. */
@Composable
private fun Ways(here: Screen, onOpen: (Screen) -> Unit) {
    val colours = Suima.colours
    Row(Modifier.fillMaxWidth().background(colours.card.ground).selectableGroup()) {
        homeWays.filterNot { Suima.elder && it.screen == Screen.CHALLENGE }.forEach { way ->
            val chosen = way.screen == here
            val look = if (chosen) colours.chosen else colours.card.copy(ink = colours.soft)
            Column(
                Modifier.weight(1f).background(look.ground)
                    .selectable(chosen, role = Role.Tab) { onOpen(way.screen) }
                    .heightIn(min = 56.dp).padding(4.dp, 4.dp),
                Arrangement.Center,
                Alignment.CenterHorizontally,
            ) {
                Sign(way.sign, look.ink, 22.dp)
                Text(
                    say(way.label),
                    color = look.ink,
                    style = Suima.type.small,
                    fontWeight = if (chosen) FontWeight.Bold else FontWeight.Normal,
                    textAlign = TextAlign.Center,
                )
            }
        }
    }
}
