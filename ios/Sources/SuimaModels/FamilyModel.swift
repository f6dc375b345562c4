import Foundation
import Suima

/// An end of a holding, asked for and not yet agreed to.
public struct EndQuestion: Equatable, Sendable {
    public let holder: HolderView
    /// What to ask: which phone will be refused.
    public let said: Said
}

/// What the screens of the family are drawn from.
public struct FamilyState: ModelState {
    /// The user, those whose codes they hold, and those whose codes they may hold.
    public internal(set) var people: [PersonView] = []
    /// Who asks for the user's consent, and who has it and waits for the code.
    public internal(set) var asks: [AskView] = []
    /// Until when an adult can answer who was asked.
    public internal(set) var askedUntil: Date?
    /// Whom the one-time code was of.
    public internal(set) var redeemed: PersonView?
    /// Whose holders are shown.
    public internal(set) var slot: UInt32?
    /// Who holds their live code.
    public internal(set) var holders: [HolderView] = []
    /// Who made which of their nucleic-acid codes when.
    public internal(set) var history: [MadeView] = []
    /// What is asked before a holding is ended.
    public internal(set) var ending: EndQuestion?
    /// A holding was ended: codes that the other may have kept.
    public internal(set) var ended: EndedHoldingView?
    /// What came of making one of those anew.
    public internal(set) var remade: RegeneratedView?
    public var working = false
    public var banner: Banner?

    /// Those whose codes the user may hold, and does not.
    public var holdable: [PersonView] {
        people.filter { !$0.held }
    }
}

/// Whose codes are held, who is asked and who agrees, who holds whose, and the end of it.
public final class FamilyModel: Model<FamilyState> {
    private let wallet: Wallet
    private let refreshing: Refreshing

    public init(wallet: Wallet, refreshing: Refreshing) {
        self.wallet = wallet
        self.refreshing = refreshing
        super.init(FamilyState())
    }

    public func load() async {
        await perform { _ in try await reload() }
    }

    public func refresh() async {
        await perform { cancel in
            try await refreshing.refresh(cancel)
            try await reload()
        }
    }

    /// Holds the codes of somebody whom the register knows as the user's.
    public func hold(_ slot: UInt32) async {
        await perform { cancel in
            try await wallet.hold(slot: slot, cancel: cancel)
            try await reload()
        }
    }

    // MARK: Adults

    /// Asks an adult. The answer is the same whether or not there is such a person.
    public func ask(document: String, name: String) async {
        state.askedUntil = nil
        await perform { cancel in
            state.askedUntil = try await wallet.ask(document: document, name: name, cancel: cancel)
        }
    }

    /// Holds the codes of the adult who told the user this one-time code.
    public func redeem(_ code: String) async {
        state.redeemed = nil
        await perform { cancel in
            let slot = try await wallet.redeem(code: code, cancel: cancel)
            try await reload()
            state.redeemed = state.people.first { $0.slot == slot }
            state.askedUntil = nil
        }
    }

    /// Agrees to an ask or declines it. Where the user agreed, the ask shows the code to tell.
    public func answer(_ ask: String, agree: Bool) async {
        await perform { cancel in
            _ = try await wallet.answer(ask: ask, agree: agree, cancel: cancel)
            try await reload()
        }
    }

    // MARK: Holders

    /// Shows who holds somebody's live code.
    public func showHolders(of slot: UInt32) async {
        state.slot = slot
        state.ending = nil
        state.ended = nil
        state.remade = nil
        await perform { _ in try await reload() }
    }

    /// Asks before a holding is ended.
    public func askToEnd(_ holder: HolderView) async {
        await perform { _ in
            let said = try await queue.run { [wallet] in
                try wallet.endWarning(slot: holder.slot, holding: holder.holding)
            }
            state.ending = EndQuestion(holder: holder, said: said)
        }
    }

    public func agreeToEnd() async {
        guard let holder = state.ending?.holder else { return }
        state.ending = nil
        await perform { cancel in
            state.ended = try await wallet.endHolding(
                slot: holder.slot, holding: holder.holding, cancel: cancel)
            try await reload()
        }
    }

    public func declineToEnd() {
        state.ending = nil
    }

    /// Makes a code anew that the other may have kept, as was offered.
    public func takeOffer(_ offer: KeptCodeView) async {
        guard let confirm = offer.confirm else { return }
        await perform { cancel in
            state.remade = try await wallet.regenerate(confirm: confirm, cancel: cancel)
            state.ended?.offers.removeAll { $0 == offer }
            try await reload()
        }
    }

    public func dismissEnded() {
        state.ended = nil
        state.remade = nil
    }

    private func reload() async throws {
        let slot = state.slot
        let found = try await queue.run { [wallet] in
            (
                people: try wallet.family(), asks: try wallet.asks(),
                holders: try slot.map { try wallet.holders(slot: $0) } ?? [],
                history: try slot.map { try wallet.history(slot: $0) } ?? []
            )
        }
        var next = state
        next.people = found.people
        next.asks = found.asks
        next.holders = found.holders
        next.history = found.history
        state = next
    }
}
