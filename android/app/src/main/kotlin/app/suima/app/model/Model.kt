package app.suima.app.model

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import suima.CoreException
import suima.InternalException

/**
 * Where models do their work: [scope] ends it all, and calls of the core, which may wait for the disk or the keystore,
 * run on [blocking], never on the thread of the screen.
 */
class Work(val scope: CoroutineScope, val blocking: CoroutineDispatcher = Dispatchers.IO)

/**
 * What a screen draws, as one immutable value, and what the user can ask for.
 *
 * Whatever a model does runs in the order in which it was asked for, one thing at a time; only what waits for the
 * network lets the next begin.
 */
abstract class Model<State> internal constructor(initial: State, internal val work: Work) {
    private val states = MutableStateFlow(initial)
    private val turns = work.blocking.limitedParallelism(1)

    /** What the screen shows now. */
    val state: StateFlow<State> = states.asStateFlow()

    /** Where this model calls the core. */
    internal val dispatcher: CoroutineDispatcher get() = turns

    /** Publishes another state. */
    internal fun change(how: (State) -> State) = states.update(how)

    /** Tells what went wrong. */
    internal abstract fun tell(banner: Banner)

    /** Does something that may go wrong, and tells it then. */
    internal fun act(what: suspend () -> Unit): Job = work.scope.launch(turns) { telling(::tell) { what() } }
}

/** Does something, and tells what went wrong, if something did. */
internal suspend fun telling(tell: (Banner) -> Unit, what: suspend () -> Unit) {
    try {
        what()
    } catch (_: CoreException.NotOpen) {
        // The app went to the background meanwhile: nobody looks, and coming back reads everything anew.
    } catch (trouble: CoreException) {
        trouble.banner()?.let(tell)
    } catch (fault: InternalException) {
        // The core panicked. It goes on; the user must hear that this was not done.
        tell(fault.banner())
    }
}
