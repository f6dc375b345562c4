import SuimaCore

/// Ends a call of the core when the task is cancelled.
///
/// Swift's cancellation does not reach the core by itself. With this, a cancelled task ends the call at once and gets
/// its `CancellationError`. That is safe at every point: what had been sent by then, the next refresh, sync or upload
/// sees.
///
/// ```swift
/// let news = try await cancellable { try await wallet.refresh(cancel: $0) }.news
/// ```
public func cancellable<Answer: Sendable>(
    _ call: (CancelHandle) async throws -> Answer
) async throws -> Answer {
    let handle = CancelHandle()
    return try await withTaskCancellationHandler {
        do {
            return try await call(handle)
        } catch CoreError.Cancelled where Task.isCancelled {
            throw CancellationError()
        }
    } onCancel: {
        // It can fail only as a whole, with the library gone.
        try? handle.cancel()
    }
}
