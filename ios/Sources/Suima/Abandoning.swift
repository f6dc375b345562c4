/// Waits for a call of the core until the task is cancelled.
///
/// Swift's cancellation does not reach the core: a call that was begun runs to its end there, and the task
/// would wait for it. With this, a cancelled task gets its `CancellationError` at once; what was begun still
/// runs to its end, and the next call sees it.
///
/// ```swift
/// let news = try await abandonable { try await wallet.refresh() }.news
/// ```
public func abandonable<Answer: Sendable>(
    _ call: @escaping @Sendable () async throws -> Answer
) async throws -> Answer {
    let (answers, told) = AsyncThrowingStream<Answer, any Error>.makeStream()
    // Not a child of this task: it must not be waited for.
    Task {
        do {
            told.yield(try await call())
            told.finish()
        } catch {
            told.finish(throwing: error)
        }
    }
    for try await answer in answers {
        return answer
    }
    throw CancellationError()
}
