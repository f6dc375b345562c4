package app.suima.app.platform

import app.suima.app.model.Banner
import app.suima.app.model.banner
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import suima.CoreException
import suima.InternalException

/** How a part of the app is. */
sealed interface PartState<out Value> {
    /** The part, where it is there. */
    val value: Value? get() = null

    /** Nobody needed it so far. */
    data object Closed : PartState<Nothing>

    /** It is there. */
    data class Open<Value>(override val value: Value) : PartState<Value>

    /** It could not be opened, for this reason: the phone is locked, say. It can be tried again. */
    data class Failed(val banner: Banner?) : PartState<Nothing>
}

/** A part of the app that is opened when it is needed, once: the wallet with its models, the station with its. */
class Part<Value : Any>(private val blocking: CoroutineDispatcher, private val make: () -> Value) {
    private val states = MutableStateFlow<PartState<Value>>(PartState.Closed)
    private val turns = Mutex()

    /** How it is now. */
    val state: StateFlow<PartState<Value>> = states.asStateFlow()

    /** The part, where it is open. */
    val value: Value? get() = states.value.value

    /** The part, each time that it was opened. */
    val opened: Flow<Value> = states.mapNotNull { it.value }

    /** Opens it, unless it is open; none where that failed. */
    suspend fun open(): Value? = turns.withLock {
        value ?: withContext(blocking) {
            states.value = try {
                PartState.Open(make())
            } catch (failure: CoreException) {
                PartState.Failed(failure.banner())
            } catch (fault: InternalException) {
                PartState.Failed(fault.banner())
            }
            value
        }
    }

    /** Opens it anew, after its file was closed for good. */
    suspend fun reopen(): Value? {
        turns.withLock { states.value = PartState.Closed }
        return open()
    }
}
