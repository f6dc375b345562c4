package app.suima.app.platform

import app.suima.app.model.CodeKind
import app.suima.app.model.CodesActions
import app.suima.app.model.Remedy
import app.suima.app.model.SamplingState
import app.suima.app.ui.AppActions
import app.suima.app.ui.AppState
import app.suima.app.ui.Screen
import app.suima.app.ui.Ways
import java.lang.reflect.Proxy
import kotlin.random.Random
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch

/** What only an activity can do. */
interface ShellHost {
    /** Lets the user choose a picture; its text goes to [CodesActions.check]. */
    fun choosePicture()

    /** Does something once the album may be written to. */
    fun onceAlbumIsAllowed(then: () -> Unit)

    /** Asks, where that is needed, whether reminders may be shown. */
    fun askForNotifications()

    /** Lets the user tell the makers, or whoever answers for a station, what went wrong. */
    fun report()
}

/**
 * Takes the user from screen to screen, and brings screens and models together. Lives as long as an activity.
 *
 * @param scope of the main thread
 */
class Shell(private val core: AppCore, private val host: ShellHost, private val scope: CoroutineScope) : Ways {
    private val navigation = Navigation(Screen.CODES)

    /** The work that waits until the station is enrolled. */
    private var work: Screen? = null

    /** The screens on the way here, the one that is shown last. */
    val way: StateFlow<List<Screen>> get() = navigation.way

    /** Begins: at [destination], or where a phone is enrolled that is not yet. */
    fun begin(destination: Destination) {
        go(destination)
        scope.launch {
            val enrolled = core.citizen.open()?.wasEnrolled ?: false
            if (!enrolled && !navigation.screen.isStaffs) navigation.replace(Screen.ENROL)
            leaveWhenEnrolled()
        }
        scope.launch { cardsLeadToTheirScreen() }
    }

    /** Goes where something outside of the app leads. */
    fun go(destination: Destination) = when (destination) {
        Destination.LIVE_CODE -> showCodes(CodeKind.LIVE)
        Destination.NUCLEIC_ACID_CODE -> showCodes(CodeKind.NUCLEIC_ACID)
        Destination.REMINDERS -> open(Screen.REMINDERS)
        Destination.NEWS -> open(Screen.NEWS)
        Destination.STAFF -> open(Screen.STAFF)
    }

    /** The app came to the front. */
    fun appear() = core.appear()

    /** The app left the front. */
    fun disappear() = core.disappear()

    /** There is a network again: the phones of a street must not all ask at once. */
    fun online() = scope.launch {
        delay(Random.nextInt(SPREAD).seconds)
        core.citizen.value?.life?.refresh()
        core.staff.value?.life?.refresh()
    }

    override fun open(screen: Screen) {
        if (screen == Screen.REMINDERS) host.askForNotifications()
        if (screen.isStaffs) scope.launch { openStaffs(screen) } else navigation.open(screen)
    }

    override fun back() {
        goBack()
    }

    /** Leaves what is open: a question, a screen. False where there is nothing left but the app itself. */
    fun goBack(): Boolean {
        val citizen = core.citizen.value
        val staff = core.staff.value
        when (navigation.screen) {
            Screen.CODES -> if (citizen?.codes?.state?.value?.question != null) return true.also { citizen.codes.decline() }
            Screen.HOLDERS -> citizen?.family?.closeHolders()
            Screen.ADD_RELATIVE -> citizen?.family?.dismiss()
            Screen.ID_CARD -> staff?.sampling?.leave()
            Screen.SAMPLING -> {
                val asked = staff?.sampling?.state?.value
                if (asked?.seal != null || asked?.barcode != null) return true.also { staff.sampling.leave() }
            }
            else -> Unit
        }
        return navigation.back()
    }

    override fun remedy(remedy: Remedy) {
        val staffs = navigation.screen.isStaffs
        when (remedy) {
            Remedy.ENROL -> navigation.open(if (staffs) Screen.ENROL_STATION else Screen.ENROL)
            Remedy.GO_ONLINE, Remedy.TRY_AGAIN -> scope.launch {
                if (staffs) core.staff.open()?.life?.run { start(); refresh() } else core.citizen.open()?.run { appear(); life.refresh() }
            }
            Remedy.REOPEN -> scope.launch {
                if (staffs) core.staff.reopen()?.life?.start() else core.citizen.reopen()?.appear()
            }
            Remedy.FETCH_HELP, Remedy.REPORT -> host.report()
        }
    }

    override fun choosePicture() = host.choosePicture()

    /** What was read in the picture that was chosen; none where nothing was. */
    fun chosen(text: String?) {
        core.citizen.value?.codes?.check(text)
    }

    /** What a scanner typed, for the screen that is shown. */
    fun typed(character: Char) {
        val staff = core.staff.value ?: return
        when {
            navigation.screen != Screen.SAMPLING -> staff.door.typed("$character")
            staff.sampling.state.value.isAtTube -> staff.sampling.typed("$character")
        }
    }

    /** What the screens can ask for, of what is open by now. */
    fun actions(citizen: Citizen?, staff: Staff?) = AppActions(
        ways = this,
        settings = core.settings,
        enrol = citizen?.enrol ?: nobody(),
        codes = citizen?.codes?.let(::asking) ?: nobody(),
        family = citizen?.family ?: nobody(),
        challenge = citizen?.challenge ?: nobody(),
        paper = citizen?.paper ?: nobody(),
        enrolStation = staff?.enrol ?: nobody(),
        sampling = staff?.sampling ?: nobody(),
        door = staff?.door ?: nobody(),
    )

    private fun asking(codes: CodesActions): CodesActions = object : CodesActions by codes {
        override fun savePicture() = host.onceAlbumIsAllowed { codes.savePicture() }
    }

    private fun showCodes(kind: CodeKind) {
        navigation.open(Screen.CODES)
        scope.launch { core.citizen.open()?.codes?.show(kind) }
    }

    /** Staff's screens come once there is a station, and work once it is enrolled. */
    private suspend fun openStaffs(screen: Screen) {
        val staff = core.staff.open() ?: return navigation.open(Screen.ENROL_STATION)
        staff.life.start()
        if (screen.isWork && !staff.enrol.state.value.enrolled && !staff.isEnrolled()) {
            work = screen
            navigation.open(Screen.ENROL_STATION)
        } else {
            navigation.open(screen)
        }
    }

    private suspend fun leaveWhenEnrolled() {
        scope.launch {
            core.citizen.opened.collectLatest { citizen ->
                citizen.enrol.state.first { it.enrolled }
                if (navigation.screen == Screen.ENROL) navigation.replace(Screen.CODES)
            }
        }
        core.staff.opened.collectLatest { staff ->
            staff.enrol.state.first { it.enrolled }
            if (navigation.screen == Screen.ENROL_STATION) navigation.replace(work ?: Screen.STAFF)
            work = null
        }
    }

    /** A card that was scanned at a tube wants the name on it. */
    private suspend fun cardsLeadToTheirScreen() {
        core.staff.opened.collectLatest { staff ->
            staff.sampling.state.collectLatest { sampling ->
                if (sampling.card != null && navigation.screen == Screen.SAMPLING) navigation.open(Screen.ID_CARD)
            }
        }
    }

    private companion object {
        const val SPREAD = 10
    }
}

/** What the window must be for what is shown. */
fun AppState.showing(): Showing = when (screen) {
    Screen.CODES -> when (codes.kind) {
        CodeKind.LIVE -> Showing.LIVE_CODE
        CodeKind.NUCLEIC_ACID -> Showing.STATIC_CODE
    }
    // Whoever has the one-time code gets a code of the user's.
    Screen.CONSENT -> Showing.LIVE_CODE
    // So does whoever sees it typed, with the number and the name of the other.
    Screen.ADD_RELATIVE -> Showing.PRIVATE
    else -> if (screen.isWork) Showing.STAFF else Showing.ORDINARY
}

/**
 * Whether keys are a scanner's, also while a question is answered by buttons, which its Enter must not press. Forms are typed
 * into, or scanned into.
 */
fun AppState.takesScanner(): Boolean = when (screen) {
    Screen.SAMPLING -> sampling.session != null && sampling.seal == null && sampling.card == null
    Screen.GATE, Screen.MANUAL_CHECK -> true
    else -> false
}

/** Whether the tube is on the screen: nobody is registered behind a question, where no verdict would be seen. */
internal val SamplingState.isAtTube: Boolean
    get() = session != null && seal == null && card == null && barcode == null && question == null

/** Takes what nobody is there to take: a tap before the wallet is open. */
private inline fun <reified Actions : Any> nobody(): Actions {
    val type = Actions::class.java
    return Proxy.newProxyInstance(type.classLoader, arrayOf(type)) { _, _, _ -> null } as Actions
}
