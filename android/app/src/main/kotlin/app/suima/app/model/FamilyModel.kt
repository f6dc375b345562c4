package app.suima.app.model

import suima.HolderView
import suima.KeptCodeView
import suima.RegenerationOutcome
import suima.cancellable

/** Whose codes are held, who holds the user's, and consent. */
class FamilyModel(private val life: WalletLife) : Model<FamilyState>(FamilyState(), life.work), FamilyActions {
    private val wallet = life.wallet
    private val errand = Errand(this) { busy ->
        change { it.copy(busy = busy, banners = if (busy) emptyList() else it.banners) }
        if (!busy) life.changed()
    }

    init {
        act { life.editions.collect { open -> if (open) telling(::tell, ::read) } }
    }

    override fun hold(slot: UInt) = errand.ask {
        cancellable { handle -> wallet.hold(slot, handle) }
        added(slot)
    }

    override fun ask(document: String, name: String) = errand.ask {
        val expires = cancellable { handle -> wallet.ask(document, name, handle) }
        change { it.copy(sent = SentAsk(name, expires)) }
    }

    override fun redeem(code: String) = errand.ask { added(cancellable { handle -> wallet.redeem(code, handle) }) }

    override fun answer(ask: String, agree: Boolean) = errand.ask {
        cancellable { handle -> wallet.answer(ask, agree, handle) }
    }

    override fun openHolders(slot: UInt) {
        act {
            val person = wallet.person(slot) ?: return@act
            change { it.copy(holders = HoldersState(person)) }
            readHolders()
        }
    }

    override fun closeHolders() {
        act { change { it.copy(holders = null, question = null) } }
    }

    override fun askToEnd(holder: HolderView) {
        act {
            val said = wallet.endWarning(holder.slot, holder.holding)
            change { it.copy(question = EndQuestion(holder, said)) }
        }
    }

    override fun agree() {
        val holder = state.value.question?.holder ?: return
        errand.ask {
            change { it.copy(question = null) }
            val ended = cancellable { handle -> wallet.endHolding(holder.slot, holder.holding, handle) }
            change { it.copy(ended = ended) }
        }
    }

    override fun decline() {
        act { change { it.copy(question = null) } }
    }

    override fun regenerate(offer: KeptCodeView) {
        val confirm = offer.confirm ?: return
        errand.ask {
            val answer = cancellable { handle -> wallet.regenerate(confirm, handle) }
            change { it.copy(outcome = answer.said) }
            if (answer.outcome == RegenerationOutcome.BEHIND) {
                val warning = wallet.warning(confirm.slot)
                offers { offers ->
                    offers.map { if (it == offer) it.copy(said = warning.said, confirm = warning.confirm) else it }
                }
            } else {
                offers { it - offer }
            }
        }
    }

    override fun dismissEnded() {
        act { change { it.copy(ended = null, outcome = null) } }
    }

    override fun dismiss() {
        act { change { it.copy(sent = null, added = null, outcome = null, banners = emptyList()) } }
    }

    override fun cancel() {
        act {
            errand.cancel()
            change { it.copy(busy = false) }
        }
    }

    override fun tell(banner: Banner) = change { it.copy(banners = listOf(banner)) }

    private fun added(slot: UInt) {
        val person = wallet.person(slot)
        change { it.copy(added = person, sent = null) }
        life.refresh()
    }

    private fun offers(how: (List<KeptCodeView>) -> List<KeptCodeView>) =
        change { state -> state.copy(ended = state.ended?.let { it.copy(offers = how(it.offers)) }) }

    private fun read() {
        val people = wallet.family()
        val asks = wallet.asks()
        change { it.copy(people = people, asks = asks) }
        readHolders()
    }

    private fun readHolders() {
        val slot = state.value.holders?.person?.slot ?: return
        val person = wallet.person(slot)
        if (person == null) {
            change { it.copy(holders = null) }
        } else {
            val holders = wallet.holders(slot)
            val history = if (person.held) wallet.history(slot) else emptyList()
            change { it.copy(holders = HoldersState(person, holders, history)) }
        }
    }
}
