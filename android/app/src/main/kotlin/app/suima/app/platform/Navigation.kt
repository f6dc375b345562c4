package app.suima.app.platform

import app.suima.app.ui.Screen
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update

/** Where the user is, and how they came there. */
class Navigation(start: Screen) {
    private val stack = MutableStateFlow(listOf(start))

    /** The screens on the way here, the one that is shown last. */
    val way: StateFlow<List<Screen>> = stack.asStateFlow()

    /** The screen that is shown. */
    val screen: Screen get() = stack.value.last()

    /** Goes to a screen; to one on the way here by going back to it. From the screens of the foot, back is the code. */
    fun open(screen: Screen) = stack.update { way ->
        when (screen) {
            Screen.CODES -> listOf(screen)
            in FOOT -> listOf(Screen.CODES, screen)
            in way -> way.subList(0, way.indexOf(screen) + 1)
            else -> way + screen
        }
    }

    /** Goes to a screen in place of the one that is shown, which is done with. */
    fun replace(screen: Screen) = stack.update { way -> if (way.size == 1) listOf(screen) else way.dropLast(1) + screen }

    /** Goes back. False where there is no way back but out of the app. */
    fun back(): Boolean {
        if (stack.value.size == 1) return false
        stack.update { way -> if (way.size == 1) way else way.dropLast(1) }
        return true
    }

    private companion object {
        val FOOT = setOf(Screen.FAMILY, Screen.CHALLENGE, Screen.MORE)
    }
}

/** Whether a screen belongs to the work of staff. */
internal val Screen.isStaffs: Boolean
    get() = when (this) {
        Screen.STAFF, Screen.ENROL_STATION, Screen.SAMPLING, Screen.ID_CARD, Screen.BY_HAND, Screen.HAND_OVER,
        Screen.UPLOAD, Screen.CONFLICTS, Screen.GATE, Screen.MANUAL_CHECK,
        -> true
        Screen.ENROL, Screen.CODES, Screen.CHECK_PICTURE, Screen.NEWS, Screen.REMINDERS, Screen.FAMILY,
        Screen.ADD_RELATIVE, Screen.CONSENT, Screen.HOLDERS, Screen.CHALLENGE, Screen.PAPER, Screen.MORE,
        Screen.SETTINGS,
        -> false
    }

/** Whether a screen wants a station that is enrolled. */
internal val Screen.isWork: Boolean get() = isStaffs && this != Screen.STAFF && this != Screen.ENROL_STATION
