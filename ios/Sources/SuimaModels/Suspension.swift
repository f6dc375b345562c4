import Suima

/// What gives its file up before the system suspends the app, and takes it up again.
public protocol Pausable: AnyObject, Sendable {
    func pause() throws
    func resume() throws
}

extension Wallet: Pausable {}
extension Station: Pausable {}

/// Pauses and resumes everything that is open. A file lock that is held while the app is suspended ends the app.
@MainActor public final class Suspension {
    private let queue = CoreQueue()
    private var open: [any Pausable] = []

    public init() {}

    public func add(_ pausable: any Pausable) {
        open.append(pausable)
    }

    /// For what is about to be shut down.
    public func remove(_ pausable: any Pausable) {
        open.removeAll { $0 === pausable }
    }

    /// Returns when no lock is held any more.
    public func pause() async {
        let open = open
        try? await queue.run {
            for each in open {
                // One that is shut down holds no lock.
                try? each.pause()
            }
        }
    }

    /// Returns when everything can be used again; what is wrong the next call says.
    public func resume() async {
        let open = open
        try? await queue.run {
            for each in open {
                try? each.resume()
            }
        }
    }
}
