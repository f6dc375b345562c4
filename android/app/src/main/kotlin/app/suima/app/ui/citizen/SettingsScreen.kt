package app.suima.app.ui.citizen

import androidx.compose.runtime.Composable
import app.suima.app.model.Language
import app.suima.app.model.SettingsActions
import app.suima.app.model.SettingsState
import app.suima.app.ui.Label
import app.suima.app.ui.Screen
import app.suima.app.ui.parts.Choice
import app.suima.app.ui.parts.Heading
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.Way
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Suima

/** The language, and the size of everything. */
@Composable
fun SettingsScreen(state: SettingsState, actions: SettingsActions, onBack: () -> Unit) {
    Page(say(Label.DISPLAY), onBack) {
        Heading("${Label.LANGUAGE.text(Language.ZH)} Language")
        Choice(listOf(Language.ZH to "中文", Language.EN to "English"), state.language, actions::speak)
        Heading(say(Label.SIZE))
        Choice(listOf(false to say(Label.ORDINARY), true to say(Label.ELDER)), state.elder, actions::elder)
        Line(say(Label.ELDER_HOW), ink = Suima.colours.soft)
    }
}

/** Where everything is that needs no place at the foot. In elder mode fewer ways. */
@Composable
fun MoreScreen(reminders: Int, news: Int, onOpen: (Screen) -> Unit) {
    Page(say(Label.MORE), null) {
        Way(say(Label.REMINDERS), { onOpen(Screen.REMINDERS) }, beneath = "$reminders".takeIf { reminders > 0 })
        Way(say(Label.NEWS), { onOpen(Screen.NEWS) }, beneath = "$news".takeIf { news > 0 })
        Way(say(Label.CHECK_PICTURE), { onOpen(Screen.CHECK_PICTURE) })
        Way(say(Label.PAPER), { onOpen(Screen.PAPER) })
        if (Suima.elder) Way(say(Label.CHALLENGE), { onOpen(Screen.CHALLENGE) })
        Way(say(Label.DISPLAY), { onOpen(Screen.SETTINGS) })
        if (!Suima.elder) Way(say(Label.STAFF_WORK), { onOpen(Screen.STAFF) })
    }
}
