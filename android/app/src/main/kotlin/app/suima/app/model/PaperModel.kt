package app.suima.app.model

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map

/** What the phone knows of paper codes, and what to be reminded of. */
class PaperModel(private val life: WalletLife) : Model<PaperState>(PaperState(), life.work), PaperActions {
    private val wallet = life.wallet
    private val choice = MutableStateFlow<UInt?>(null)

    init {
        act {
            val editions = life.state.map { it.edition to it.open }.distinctUntilChanged()
            combine(editions, choice) { (_, open), chosen -> open to chosen }.collectLatest { (open, chosen) ->
                if (open) telling(::tell) { read(chosen) }
            }
        }
    }

    override fun show(slot: UInt) {
        choice.value = slot
    }

    override fun refresh() {
        life.refresh()
    }

    override fun tell(banner: Banner) = change { it.copy(banners = listOf(banner)) }

    private fun read(chosen: UInt?) {
        val people = wallet.family().filter { it.held }
        val slot = people.firstOrNull { it.slot == chosen }?.slot ?: people.firstOrNull()?.slot
        val paper = slot?.let(wallet::paper)
        val reminders = wallet.reminders()
        val banners = listOfNotNull(life.state.value.trouble) + paper?.notices.orEmpty().notices()
        change { PaperState(people, slot, paper, reminders, banners) }
    }
}
