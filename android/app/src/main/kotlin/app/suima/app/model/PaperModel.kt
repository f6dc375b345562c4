package app.suima.app.model

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.combine

/** What the phone knows of paper codes, and what to be reminded of. */
class PaperModel(private val life: WalletLife) : Model<PaperState>(PaperState(), life.work), PaperActions {
    private val wallet = life.wallet
    private val choice = MutableStateFlow<UInt?>(null)

    init {
        act {
            combine(life.editions, choice) { open, chosen -> open to chosen }.collectLatest { (open, chosen) ->
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
        val people = wallet.held()
        val slot = people.slotToShow(chosen)
        val paper = slot?.let(wallet::paper)
        val reminders = wallet.reminders()
        val banners = listOfNotNull(life.state.value.trouble) + paper?.notices.orEmpty().notices()
        change { PaperState(people, slot, paper, reminders, banners) }
    }
}
