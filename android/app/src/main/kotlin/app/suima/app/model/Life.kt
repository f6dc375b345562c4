package app.suima.app.model

import kotlin.random.Random
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.isActive
import kotlin.coroutines.coroutineContext

/**
 * How often to fetch while the app is open: [every] so often, a quarter more or less by chance, so that the phones of a
 * city do not all ask at once.
 */
class Schedule(private val every: Duration, private val random: Random = Random.Default) {
    /** How long to wait this time. */
    fun next(): Duration = every * (0.75 + random.nextDouble() / 2)
}

/** How a wallet or a station that is opened goes about. */
data class LifeState(
    /** Whether it can be asked: started, not paused and not stopped. */
    val open: Boolean = false,
    /** Whether it is fetching what has changed. */
    val fetching: Boolean = false,
    /** Why the last fetch brought nothing; none once one did. What was known before is shown as it is. */
    val trouble: Banner? = null,
    /** Counts up whenever something may have changed: read anew. */
    val edition: Int = 0,
)

/** The life cycle of a wallet or a station, for all models of it. */
abstract class Life internal constructor(work: Work, private val schedule: Schedule) :
    Model<LifeState>(LifeState(), work) {
    private var rounds: Job? = null

    @Volatile
    private var asked: Job? = null

    /** Each time that something may have changed: whether it can be asked. */
    internal val editions: Flow<Boolean> =
        state.map { it.edition to it.open }.distinctUntilChanged().map { (_, open) -> open }

    /** Begins: fetches now, and then by the schedule. */
    fun start(): Job = act { begin() }

    /** Gives up the file, before the system suspends the app. The job ends when that is done. */
    fun pause(): Job = act {
        rest()
        pauseCore()
    }

    /** Goes on after [pause]: what is known is shown at once, and what has changed is fetched. */
    fun resume(): Job = act {
        resumeCore()
        begin()
    }

    /** Closes the file for good. */
    fun stop(): Job = act {
        rest()
        stopCore()
    }

    /**
     * Fetches what has changed, now; also for an app that nobody looks at, once its core was resumed. The job ends with
     * the fetch.
     */
    fun refresh(): Job = act { fetchTelling() }.also { if (asked?.isActive != true) asked = it }

    /** Has all models read anew: something was done. */
    internal fun changed() = change { it.copy(edition = it.edition + 1) }

    internal abstract suspend fun fetch()

    /** Shows what an earlier run of the app left to be read. */
    internal open fun recall() = Unit

    internal abstract fun pauseCore()

    internal abstract fun resumeCore()

    internal abstract fun stopCore()

    override fun tell(banner: Banner) = change { it.copy(trouble = banner, edition = it.edition + 1) }

    private fun begin() {
        if (state.value.open) return
        change { it.copy(open = true, edition = it.edition + 1) }
        act { recall() }
        rounds = act {
            while (coroutineContext.isActive) {
                fetchTelling()
                delay(schedule.next())
            }
        }
    }

    private fun rest() {
        rounds?.cancel()
        asked?.cancel()
        change { it.copy(open = false, fetching = false) }
    }

    private suspend fun fetchTelling() {
        // One at a time: whoever asks meanwhile sees what this one brings.
        if (state.value.fetching) return
        change { it.copy(fetching = true) }
        try {
            telling(::tell) {
                fetch()
                change { it.copy(trouble = null) }
            }
        } finally {
            change { it.copy(fetching = false, edition = it.edition + 1) }
        }
    }

    internal companion object {
        val WALLET = 60.minutes
        val STATION = 20.minutes
    }
}
