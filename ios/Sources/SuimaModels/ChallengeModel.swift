import Suima

/// What the screen of a challenge is drawn from.
public struct ChallengeState: ModelState {
    /// What portals and terminals ask, as of the last refresh.
    public internal(set) var waiting: [ChallengeView] = []
    /// What is asked on this screen: the question, and the digits to compare first.
    public internal(set) var asked: ChallengeView?
    /// What came of the answer.
    public internal(set) var outcome: ConfirmedView?
    public var working = false
    public var banner: Banner?
}

/// What a portal or a terminal asks to be confirmed on the phone.
public final class ChallengeModel: Model<ChallengeState> {
    private let wallet: Wallet
    private let refreshing: Refreshing

    public init(wallet: Wallet, refreshing: Refreshing) {
        self.wallet = wallet
        self.refreshing = refreshing
        super.init(ChallengeState())
    }

    /// What waits, as of the last refresh.
    public func load() async {
        await perform { _ in try await reload() }
    }

    public func refresh() async {
        await perform { cancel in
            try await refreshing.refresh(cancel)
            try await reload()
        }
    }

    /// Takes a challenge up that was scanned.
    public func scan(_ text: String) async {
        state.outcome = nil
        await perform { cancel in
            state.asked = try await wallet.challenge(scanned: text, cancel: cancel)
        }
    }

    /// Takes one up that waits.
    public func choose(_ challenge: ChallengeView) {
        state.outcome = nil
        state.asked = challenge
    }

    public func agree() async {
        await answer(true)
    }

    public func decline() async {
        await answer(false)
    }

    /// Leaves it unanswered.
    public func leave() {
        state.asked = nil
        state.outcome = nil
    }

    private func answer(_ agree: Bool) async {
        guard let asked = state.asked else { return }
        await perform { cancel in
            let outcome = try await wallet.confirm(view: asked, agree: agree, cancel: cancel)
            state.outcome = outcome
            // Where something else is asked by now, that is the question.
            state.asked = outcome.now
            try await reload()
        }
    }

    private func reload() async throws {
        state.waiting = try await queue.run { [wallet] in try wallet.challenges() }
    }
}
