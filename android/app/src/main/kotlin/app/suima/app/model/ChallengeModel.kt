package app.suima.app.model

import suima.cancellable

/** What portals and terminals ask: scanned, compared, and agreed to or declined. */
class ChallengeModel(private val life: WalletLife) :
    Model<ChallengeState>(ChallengeState(), life.work), ChallengeActions {
    private val wallet = life.wallet
    private val errand = Errand(this) { busy ->
        change { it.copy(busy = busy, banners = if (busy) emptyList() else it.banners) }
    }

    init {
        act {
            life.editions.collect { open ->
                if (open) telling(::tell) {
                    val waiting = wallet.challenges()
                    change { it.copy(waiting = waiting) }
                }
            }
        }
    }

    override fun scan(text: String) = errand.ask {
        val asked = cancellable { handle -> wallet.challenge(text, handle) }
        change { it.copy(asked = asked, outcome = null) }
    }

    override fun open(id: String) {
        act { change { state -> state.copy(asked = state.waiting.firstOrNull { it.id == id }, outcome = null) } }
    }

    override fun agree() = answer(true)

    override fun decline() = answer(false)

    override fun leave() {
        act {
            errand.cancel()
            change { it.copy(asked = null, busy = false) }
        }
    }

    override fun dismiss() {
        act { change { it.copy(outcome = null, banners = emptyList()) } }
    }

    override fun tell(banner: Banner) = change { it.copy(banners = listOf(banner)) }

    private fun answer(agree: Boolean) {
        val asked = state.value.asked ?: return
        errand.ask {
            val answer = cancellable { handle -> wallet.confirm(asked, agree, handle) }
            // Where something else is asked by now, that is what the user sees next.
            change { it.copy(asked = answer.now, outcome = answer) }
            life.refresh()
        }
    }
}
