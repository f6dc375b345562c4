package app.suima.app.model

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import suima.NewsView
import suima.Said
import suima.Wallet
import suima.cancellable

/**
 * What refreshes brought, until it was read: what others did, and what became of what had been in doubt, regenerations and
 * answers to portals.
 */
data class Brought(val news: List<NewsView> = emptyList(), val resolved: List<Said> = emptyList())

/** The life of a citizen's [wallet]: refreshed when the app begins, when it comes back, and by the schedule. */
class WalletLife(internal val wallet: Wallet, work: Work, schedule: Schedule = Schedule(WALLET)) :
    Life(work, schedule) {
    private val brought = MutableStateFlow(Brought())

    /** What was brought and not yet read. */
    internal val untold: StateFlow<Brought> = brought.asStateFlow()

    /** The news were read. */
    internal fun newsRead() = brought.update { it.copy(news = emptyList()) }

    /** What became of what had been in doubt was read. */
    internal fun resolvedRead() = brought.update { it.copy(resolved = emptyList()) }

    override suspend fun fetch() {
        val refreshed = cancellable { handle -> wallet.refresh(handle) }
        val resolved = refreshed.resolved.map { it.said } + refreshed.confirmed.map { it.said }
        brought.update { Brought(it.news + refreshed.news, it.resolved + resolved) }
    }

    override fun pauseCore() = wallet.pause()

    override fun resumeCore() = wallet.resume()

    override fun stopCore() = wallet.shutDown()
}
