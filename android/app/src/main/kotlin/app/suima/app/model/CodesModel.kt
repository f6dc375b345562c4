package app.suima.app.model

import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.combine
import suima.Confirmation
import suima.CoreException
import suima.RegenerationOutcome
import suima.Said
import suima.cancellable
import suima.liveCodes

/** The citizen's and the family's codes: shown with no network, whatever else is under way. */
class CodesModel(private val life: WalletLife, private val album: Album) :
    Model<CodesState>(CodesState(), life.work), CodesActions {
    private data class Choice(val slot: UInt?, val kind: CodeKind)

    private val wallet = life.wallet
    private val choice = MutableStateFlow(Choice(null, CodeKind.LIVE))
    private var told: Banner? = null

    init {
        act {
            combine(life.editions, choice) { open, chosen -> open to chosen }.collectLatest { (open, chosen) ->
                if (open) draw(chosen)
            }
        }
        act { combine(life.state, life.untold) { _, _ -> }.collect { publish { it } } }
    }

    override fun show(slot: UInt) {
        choice.value = choice.value.copy(slot = slot)
    }

    override fun show(kind: CodeKind) {
        choice.value = choice.value.copy(kind = kind)
    }

    override fun refresh() {
        life.refresh()
    }

    override fun askToRegenerate() {
        act { state.value.slot?.let { ask(it, null) } }
    }

    override fun agree() {
        act { state.value.question?.let { send(it.warning.confirm) } }
    }

    override fun decline() {
        act { publish { it.copy(question = null) } }
    }

    override fun savePicture() {
        act {
            val slot = state.value.slot ?: return@act
            val picture = wallet.savedPicture(slot)
            val name = "suima-${wallet.showNucleicAcid(slot).lastDay}.png"
            val saved = runCatching { album.save(name, picture) }.isSuccess
            tell(
                if (saved) Banner(BannerKind.DONE, Words.SAVED.said)
                else Banner(BannerKind.PROBLEM, Words.NOT_SAVED.said),
            )
        }
    }

    override fun check(text: String?) {
        act {
            if (text == null) tell(Banner(BannerKind.PROBLEM, Words.NO_CODE_IN_PICTURE.said))
            else wallet.checkSaved(text).let { checked -> publish { it.copy(checked = checked) } }
        }
    }

    override fun dismissOutcome() {
        act { publish { it.copy(outcome = null) } }
    }

    override fun dismissChecked() {
        act { publish { it.copy(checked = null) } }
    }

    override fun dismissNews() {
        act { life.newsRead() }
    }

    override fun dismissBanner() {
        act {
            told = null
            life.resolvedRead()
            publish { it }
        }
    }

    override fun tell(banner: Banner) {
        told = banner
        publish { it }
    }

    private fun ask(slot: UInt, again: Said?) {
        val warning = wallet.warning(slot)
        val person = wallet.person(slot) ?: return
        publish { it.copy(question = RegenerationQuestion(person.name, person.relation, warning, again)) }
    }

    private fun send(confirm: Confirmation) {
        if (state.value.regenerating) return
        told = null
        publish { it.copy(question = null, outcome = null, regenerating = true) }
        act {
            try {
                val answer = cancellable { handle -> wallet.regenerate(confirm, handle) }
                if (answer.outcome == RegenerationOutcome.BEHIND) ask(confirm.slot, answer.said)
                else publish { it.copy(outcome = answer) }
            } finally {
                publish { it.copy(regenerating = false) }
                life.changed()
            }
        }
    }

    /** Reads who is there, and shows the code that was chosen for as long as it is. */
    private suspend fun draw(chosen: Choice) {
        telling(::missing) {
            val people = wallet.held()
            val reminders = wallet.reminders()
            val slot = people.slotToShow(chosen.slot)
            publish { it.copy(people = people, reminders = reminders).chosen(slot, chosen.kind) }
            if (slot != null) {
                while (true) {
                    try {
                        if (chosen.kind == CodeKind.LIVE) drawLive(slot) else drawNucleicAcid(slot)
                    } catch (busy: CoreException.TryAgain) {
                        busy.banner()?.let(::missing)
                    }
                    delay(SOON)
                }
            }
        }
    }

    private suspend fun drawLive(slot: UInt) = wallet.liveCodes(slot, dispatcher).collect { live ->
        publish { it.copy(live = live, nucleicAcid = null, absent = null) }
    }

    private suspend fun drawNucleicAcid(slot: UInt) {
        while (true) {
            val code = wallet.showNucleicAcid(slot)
            publish { it.copy(live = null, nucleicAcid = code, absent = null) }
            delay(MINUTE)
        }
    }

    /** Says why there is no code. One that was shown goes, unless the core was only busy. */
    private fun missing(banner: Banner) = publish {
        when (banner.remedy) {
            Remedy.TRY_AGAIN -> it.copy(absent = banner)
            Remedy.ENROL -> CodesState(absent = banner)
            else -> it.copy(live = null, nucleicAcid = null, absent = banner)
        }
    }

    /** Another person or kind: whatever was shown of the one before goes at once. */
    private fun CodesState.chosen(slot: UInt?, kind: CodeKind): CodesState =
        if (slot == this.slot && kind == this.kind) this
        else copy(slot = slot, kind = kind, live = null, nucleicAcid = null, absent = null)

    private fun publish(how: (CodesState) -> CodesState) = change { before ->
        val after = how(before)
        val life = life.state.value
        val brought = this.life.untold.value
        val notices = after.live?.notices ?: after.nucleicAcid?.notices ?: emptyList()
        // What keeps a code from the screen is said in its place, and not once more above it.
        val trouble = life.trouble?.takeIf { it.id != after.absent?.id }
        // An older code is still on the screen: why it is not drawn anew stands beside it.
        val stale = after.absent?.takeIf { after.live != null || after.nucleicAcid != null }
        after.copy(
            banners = listOfNotNull(stale, trouble, told) +
                brought.resolved.map { Banner(BannerKind.DONE, it) } + notices.notices(),
            news = brought.unread.news,
            refreshing = life.fetching,
        )
    }

    private companion object {
        val SOON = 2.seconds
        val MINUTE = 60.seconds
    }
}
