package suima

import java.time.Duration
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn

/**
 * What the screen shows of a person's live code: drawn at once, and anew whenever the core says so.
 *
 * Works with no network. It ends when it is collected no more, and throws a [CoreException] when there is nothing to
 * show: say its sentence, and begin anew after whatever mends it. A collector that is busy when the next code comes gets
 * the newest, never an old one.
 *
 * @param slot whose
 * @param dispatcher draws and waits, never the thread of the screen; another one is for tests
 */
fun Wallet.liveCodes(slot: UInt, dispatcher: CoroutineDispatcher = Dispatchers.IO): Flow<LiveView> =
    flow {
        while (true) {
            val live = showLive(slot)
            emit(live)
            delay(live.stay.toMillis())
        }
    }.flowOn(dispatcher).conflate()

/**
 * How long it stays on the screen. A span between two times of the core, so that a wrong clock of the phone neither
 * lengthens nor shortens it.
 */
val LiveView.stay: Duration
    get() = Duration.between(drawnAt, redrawAt)
