import Suima

/// What the screens of paper codes and of reminders are drawn from.
public struct PaperState: ModelState {
    /// Whose paper codes this phone knows of.
    public internal(set) var people: [PersonView] = []
    /// What there is of the paper codes of whoever was chosen.
    public internal(set) var paper: PaperView?
    /// What ends soon, and what waits for an answer; the earliest first.
    public internal(set) var reminders: [ReminderView] = []
    public var working = false
    public var banner: Banner?
}

/// Paper codes as the phone knows of them, and what to be reminded of.
public final class PaperModel: Model<PaperState> {
    private let wallet: Wallet
    private let refreshing: Refreshing

    public init(wallet: Wallet, refreshing: Refreshing) {
        self.wallet = wallet
        self.refreshing = refreshing
        super.init(PaperState())
    }

    /// Shows somebody's; without anybody's number, the user's own.
    public func load(_ slot: UInt32? = nil) async {
        await perform { _ in
            let chosen = slot ?? state.paper?.slot
            let found = try await queue.run { [wallet] in
                let people = try wallet.family().filter(\.held)
                let shown = people.first { $0.slot == chosen } ?? people.first
                return (
                    people: people, paper: try shown.map { try wallet.paper(slot: $0.slot) },
                    reminders: try wallet.reminders()
                )
            }
            var next = state
            next.people = found.people
            next.paper = found.paper
            next.reminders = found.reminders
            state = next
        }
    }

    public func refresh() async {
        let refreshed = await perform { cancel in try await refreshing.refresh(cancel) }
        if refreshed {
            await load()
        }
    }
}
