import Dispatch

/// Where a model calls the core without waiting for a network: one call after the other, away from the main actor.
///
/// A queue of its own, since these calls block (a database, a signature) and Swift's few threads are for none that do.
struct CoreQueue: Sendable {
    private let queue = DispatchQueue(label: "suima.model", qos: .userInitiated)

    func run<Answer: Sendable>(_ call: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try call() })
            }
        }
    }
}
