package suima

import kotlinx.coroutines.CancellationException

/**
 * A call of the core that ends when the coroutine is cancelled.
 *
 * Without it a coroutine that is cancelled no longer waits, while the call goes on in the core. Nothing is lost either
 * way: what had been begun is resolved by the next refresh, sync or upload.
 *
 * ```kotlin
 * val news = cancellable { handle -> wallet.refresh(handle) }.news
 * ```
 */
suspend fun <Answer> cancellable(call: suspend (CancelHandle) -> Answer): Answer =
    CancelHandle().use { handle ->
        try {
            call(handle)
        } catch (cancelled: CancellationException) {
            handle.cancel()
            throw cancelled
        }
    }
