import Suima

/// What every screen has.
public protocol ModelState: Equatable, Sendable {
    /// Whether something is under way that the user began.
    var working: Bool { get set }
    /// What went wrong last; none once something went well.
    var banner: Banner? { get set }
}

/// What a screen is drawn from: one immutable value that is replaced, and told about, whenever it changes.
///
/// Foundation alone: iOS 16 has no Observation. A shell gives `onChange` and draws `state`. No rule stands in any
/// model; what is said comes from the core.
@MainActor public class Model<State: ModelState> {
    public internal(set) var state: State {
        didSet {
            if state != oldValue {
                onChange?()
            }
        }
    }

    /// Called after each change of `state`.
    public var onChange: (@MainActor () -> Void)?

    let queue = CoreQueue()
    private var underWay: [CancelHandle] = []

    init(_ state: State) {
        self.state = state
    }

    /// Ends what is under way. What had been sent by then the next refresh, sync or upload sees.
    public func cancel() {
        for handle in underWay {
            // It has no way to fail; a later call would say so.
            try? handle.cancel()
        }
    }

    /// Does something that the user began; says above the screen what goes wrong. Whether it went well.
    @discardableResult
    func perform(_ work: (CancelHandle) async throws -> Void) async -> Bool {
        let handle = CancelHandle()
        underWay.append(handle)
        state.working = true
        defer {
            underWay.removeAll { $0 === handle }
            state.working = !underWay.isEmpty
        }
        do {
            try await work(handle)
            state.banner = nil
            return true
        } catch {
            if let banner = Banner(error) {
                state.banner = banner
            }
            return false
        }
    }
}
