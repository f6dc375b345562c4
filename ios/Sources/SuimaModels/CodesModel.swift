import Foundation
import Suima

/// Which code of a person is shown.
public enum CodeKind: CaseIterable, Sendable {
    case live, nucleicAcid
}

/// What the screen of codes is drawn from.
public struct CodesState: ModelState {
    /// Whose codes are held, in the order in which to swipe; the user first.
    public internal(set) var people: [PersonView] = []
    /// Whose code is shown.
    public internal(set) var slot: UInt32?
    public internal(set) var kind = CodeKind.live
    /// What stands where the code belongs; none until it is drawn.
    var shown: Shown?
    /// What is asked before a regeneration.
    public internal(set) var question: WarningView?
    /// What came of the last regeneration.
    public internal(set) var outcome: RegeneratedView?
    /// What the picture is that was checked.
    public internal(set) var checked: SavedView?
    /// Whether the picture of this code was saved.
    public internal(set) var saved = false
    /// What others did, until it was read.
    public internal(set) var news: [NewsView] = []
    /// What became of regenerations that had been in doubt, until it was read.
    public internal(set) var resolved: [ResolvedView] = []
    /// What came of answers to portals and terminals that had got no answer themselves, until it was read.
    public internal(set) var confirmed: [ConfirmedView] = []
    public internal(set) var reminders: [ReminderView] = []
    public var working = false
    public var banner: Banner?

    /// What refreshes brought, until it was read: what became of the user's own doings first.
    public var brought: [Said] {
        resolved.map(\.said) + confirmed.map(\.said) + news.map(\.said)
    }

    /// Whose code is shown.
    public var person: PersonView? {
        people.first { $0.slot == slot }
    }

    /// The live code that is shown.
    public var live: LiveView? {
        if case .live(let live) = shown { live } else { nil }
    }

    /// The nucleic-acid code that is shown.
    public var nucleicAcid: NucleicAcidView? {
        if case .nucleicAcid(let code) = shown { code } else { nil }
    }

    /// Why there is no code to show, instead of it.
    public var missing: Banner? {
        if case .missing(let banner) = shown { banner } else { nil }
    }

    /// What must be said beside the code.
    public var notices: [Said] {
        live?.notices ?? nucleicAcid?.notices ?? []
    }

    /// The time as of which what is shown is known.
    public var asOf: Date? {
        live?.asOf ?? nucleicAcid?.asOf
    }

    /// The QR code, as SVG.
    public var svg: String? {
        live?.svg ?? nucleicAcid?.svg
    }
}

/// A code, or the reason why there is none.
enum Shown: Equatable, Sendable {
    case live(LiveView)
    case nucleicAcid(NucleicAcidView)
    case missing(Banner)
}

/// The codes of the user and of their family: shown at once and with no network, and drawn anew in time.
public final class CodesModel: Model<CodesState> {
    private let wallet: Wallet
    private let refreshing: Refreshing
    private let album: any Album
    private let sleep: LiveCodes.Sleep
    private(set) var drawing: Task<Void, Never>?
    /// Whether nobody looks: what ends then draws nothing.
    private var stopped = false
    /// Up to where the news is shown, and up to where it was read.
    private var newsMark: UInt64 = 0, newsRead: UInt64 = 0

    /// - Parameters:
    ///   - refreshing: Whatever it brings is told here.
    ///   - album: Where pictures are saved.
    ///   - sleep: Waits for a duration; throws when the task is cancelled. Another one is for tests.
    public init(
        wallet: Wallet, refreshing: Refreshing, album: any Album,
        sleep: @escaping LiveCodes.Sleep = { try await Task.sleep(for: $0) }
    ) {
        self.wallet = wallet
        self.refreshing = refreshing
        self.album = album
        self.sleep = sleep
        super.init(CodesState())
        refreshing.onBrought = { [weak self] brought in await self?.tell(brought) }
    }

    deinit {
        drawing?.cancel()
    }

    /// Shows the code of whoever was shown last, first the user's own. With no network.
    public func start() async {
        stopped = false
        await perform { _ in try await reload() }
        draw()
    }

    /// Draws no more: the screen is gone, or the app is about to be suspended.
    public func stop() {
        stopped = true
        drawing?.cancel()
        drawing = nil
        // A live code of before would be stale when the screen comes back.
        if state.live != nil {
            state.shown = nil
        }
    }

    /// Shows somebody else.
    public func select(_ slot: UInt32) {
        guard state.slot != slot, state.people.contains(where: { $0.slot == slot }) else { return }
        state.slot = slot
        turn()
    }

    public func show(_ kind: CodeKind) {
        guard state.kind != kind else { return }
        state.kind = kind
        turn()
    }

    /// Fetches what has changed. What is shown stays shown when that fails.
    public func refresh() async {
        await perform { cancel in
            try await refreshing.refresh(cancel)
            try await reload()
        }
        draw()
    }

    public func dismissNews() {
        var next = state
        next.news = []
        next.resolved = []
        next.confirmed = []
        state = next
        newsRead = newsMark
        // If it cannot be written, as while the app goes to the background, the next app says it once more.
        Task { [queue, wallet, newsRead] in try? await queue.run { try wallet.newsRead(mark: newsRead) } }
    }

    private func tell(_ brought: RefreshView) async {
        var next = state
        next.resolved += brought.resolved
        next.confirmed += brought.confirmed
        state = next
        if let unread = try? await queue.run({ [wallet] in try wallet.unreadNews() }) {
            show(unread)
        }
    }

    /// Shows what nobody has read, an app before this one perhaps told.
    private func show(_ unread: UnreadNews) {
        newsMark = max(newsMark, unread.mark)
        state.news = unread.news.suffix(Int(unread.mark - min(newsRead, unread.mark)))
    }

    // MARK: Regenerating (R9)

    /// Asks, and says what would be void.
    public func askToRegenerate() async {
        guard let slot = state.slot else { return }
        state.outcome = nil
        await perform { _ in
            state.question = try await queue.run { [wallet] in try wallet.warning(slot: slot) }
        }
    }

    /// The user agreed to what was asked.
    public func agree() async {
        guard let question = state.question else { return }
        state.question = nil
        // From here on the code that is shown may be void, and says so.
        state.working = true
        draw()
        await perform { cancel in
            let outcome = try await wallet.regenerate(confirm: question.confirm, cancel: cancel)
            state.outcome = outcome
            if outcome.outcome == .behind {
                // Somebody else made one meanwhile: the question is another one now.
                state.question = try await queue.run { [wallet] in
                    try wallet.warning(slot: question.confirm.slot)
                }
            }
            try await reload()
        }
        state.saved = false
        draw()
    }

    public func decline() {
        state.question = nil
    }

    public func dismissOutcome() {
        state.outcome = nil
    }

    // MARK: Pictures

    /// Saves the picture of the nucleic-acid code to the album.
    public func savePicture() async {
        guard let slot = state.slot else { return }
        await perform { _ in
            let picture = try await queue.run { [wallet] in try wallet.savedPicture(slot: slot) }
            try await album.save(picture)
            state.saved = state.slot == slot
        }
    }

    /// Says what a saved picture is, by what its QR code says; none where no code was found in it.
    public func check(_ text: String?) async {
        state.checked = nil
        guard let text else {
            state.banner = Banner(step: .tell, said: Word.noCodeInPicture.said)
            return
        }
        await perform { _ in
            state.checked = try await queue.run { [wallet] in try wallet.checkSaved(text: text) }
        }
    }

    public func dismissChecked() {
        state.checked = nil
    }

    // MARK: Drawing

    private func reload() async throws {
        let found = try await queue.run { [wallet] in
            (
                people: try wallet.family().filter(\.held), reminders: try wallet.reminders(),
                unread: try wallet.unreadNews()
            )
        }
        show(found.unread)
        state.people = found.people
        state.reminders = found.reminders
        if state.person == nil {
            state.slot = found.people.first?.slot
        }
    }

    /// Another code is to be shown: what belonged to the last one goes, at once.
    private func turn() {
        state.shown = nil
        state.question = nil
        state.outcome = nil
        state.saved = false
        draw()
    }

    /// Draws, and goes on drawing anew. What is shown stays until the next one is there.
    private func draw() {
        drawing?.cancel()
        drawing = nil
        guard !stopped else { return }
        guard let slot = state.slot else {
            state.shown = nil
            return
        }
        let (wallet, sleep) = (wallet, sleep)
        switch state.kind {
        case .live:
            drawing = Task.detached { [weak self] in
                do {
                    for try await live in wallet.liveCodes(of: slot, sleep: sleep) {
                        await self?.drew(live)
                    }
                } catch {
                    await self?.drewNothing(error)
                }
            }
        case .nucleicAcid:
            let queue = queue
            drawing = Task.detached { [weak self] in
                do {
                    while !Task.isCancelled {
                        let code = try await queue.run { try wallet.showNucleicAcid(slot: slot) }
                        await self?.drew(code)
                        // It may end while it is shown; what the user began may put it in doubt at once.
                        let busy = await self?.state.working == true
                        try await sleep(busy ? .seconds(1) : .seconds(60))
                    }
                } catch {
                    await self?.drewNothing(error)
                }
            }
        }
    }

    private func drew(_ live: LiveView) {
        guard !Task.isCancelled, live.slot == state.slot, state.kind == .live else { return }
        state.shown = .live(live)
    }

    private func drew(_ code: NucleicAcidView) {
        guard !Task.isCancelled, code.slot == state.slot, state.kind == .nucleicAcid else { return }
        state.shown = .nucleicAcid(code)
    }

    private func drewNothing(_ error: any Error) {
        guard !Task.isCancelled, let missing = Banner(error) else { return }
        if missing.step == .tryAgain {
            // Only busy: what is shown stays.
            if state.svg == nil {
                state.shown = .missing(missing)
            }
            drawing = Task { [weak self, sleep] in
                do {
                    try await sleep(.seconds(2))
                } catch {
                    return
                }
                self?.draw()
            }
            return
        }
        state.shown = .missing(missing)
    }
}
