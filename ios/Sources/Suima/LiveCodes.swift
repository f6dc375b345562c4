import SuimaCore

extension Wallet {
    /// What the screen shows of a person's live code: drawn at once, and anew whenever the core says so.
    ///
    /// Works with no network. It ends when the task is cancelled, as SwiftUI does to the `task` of a view that
    /// goes away, and throws a ``CoreError`` when there is nothing to show: say its sentence, and begin anew
    /// after whatever mends it.
    ///
    /// ```swift
    /// for try await live in wallet.liveCodes(of: slot) {
    ///     show(live.svg, live.notices)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - slot: Whose.
    ///   - sleep: Waits for a duration; throws when the task is cancelled. Another one is for tests.
    public func liveCodes(
        of slot: UInt32,
        sleep: @escaping LiveCodes.Sleep = { try await Task.sleep(for: $0) }
    ) -> LiveCodes {
        LiveCodes(wallet: self, slot: slot, sleep: sleep)
    }
}

/// The live codes of one person, one after the other. See ``SuimaCore/Wallet/liveCodes(of:sleep:)``.
public struct LiveCodes: AsyncSequence, Sendable {
    /// Waits for a duration; throws when the task is cancelled.
    public typealias Sleep = @Sendable (Duration) async throws -> Void

    let wallet: Wallet
    let slot: UInt32
    let sleep: Sleep

    public func makeAsyncIterator() -> Iterator {
        Iterator(codes: self)
    }

    /// Draws each code when it is asked for.
    public struct Iterator: AsyncIteratorProtocol {
        let codes: LiveCodes
        /// How long the last code drawn stays on the screen.
        var stay: Duration?

        init(codes: LiveCodes) {
            self.codes = codes
        }

        public mutating func next() async throws -> LiveView? {
            do {
                if let stay {
                    try await codes.sleep(stay)
                }
                try Task.checkCancellation()
            } catch is CancellationError {
                return nil
            }
            let live = try codes.wallet.showLive(slot: codes.slot)
            stay = live.stay
            return live
        }
    }
}

extension LiveView {
    /// How long it stays on the screen. A span between two times of the core, so that a wrong clock of the
    /// phone neither lengthens nor shortens it.
    public var stay: Duration {
        .seconds(redrawAt.timeIntervalSince(drawnAt))
    }
}
