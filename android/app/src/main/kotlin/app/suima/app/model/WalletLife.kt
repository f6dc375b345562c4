package app.suima.app.model

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import suima.Said
import suima.UnreadNews
import suima.Wallet
import suima.cancellable

/**
 * What refreshes brought, until it was read: what others did, and what became of what had been in doubt, regenerations and
 * answers to portals.
 */
data class Brought(val unread: UnreadNews = UnreadNews(emptyList(), 0uL), val resolved: List<Said> = emptyList())

/** The life of a citizen's [wallet]: refreshed when the app begins, when it comes back, and by the schedule. */
class WalletLife(internal val wallet: Wallet, work: Work, schedule: Schedule = Schedule(WALLET)) :
    Life(work, schedule) {
    private val brought = MutableStateFlow(Brought())

    /** What was brought and not yet read. */
    internal val untold: StateFlow<Brought> = brought.asStateFlow()

    /** The news that are shown were read. */
    internal fun newsRead() {
        wallet.newsRead(brought.value.unread.mark)
        lookForNews()
    }

    /** What became of what had been in doubt was read. */
    internal fun resolvedRead() = brought.update { it.copy(resolved = emptyList()) }

    override suspend fun fetch() {
        val refreshed = cancellable { handle -> wallet.refresh(handle) }
        val resolved = refreshed.resolved.map { it.said } + refreshed.confirmed.map { it.said }
        brought.update { it.copy(resolved = it.resolved + resolved) }
        lookForNews()
    }

    /** An app that was killed may have told what its user has not read. */
    override fun recall() = lookForNews()

    private fun lookForNews() {
        val unread = wallet.unreadNews()
        brought.update { it.copy(unread = unread) }
    }

    override fun pauseCore() = wallet.pause()

    override fun resumeCore() = wallet.resume()

    override fun stopCore() = wallet.shutDown()
}
