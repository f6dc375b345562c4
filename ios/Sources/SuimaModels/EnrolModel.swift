import Suima

/// What is enrolled with an activation code.
protocol Enrolling: Sendable {
    /// What is asked before: what enrolling ends; none where it ends nothing.
    func warning() throws -> Said?
    func isEnrolled() throws -> Bool
    /// Whether what was kept had to be wiped when it was opened.
    func wasWiped() throws -> Bool
    func enrol(_ code: String, _ cancel: CancelHandle) async throws
}

/// What the screen of enrolment is drawn from.
public struct EnrolState: ModelState {
    public internal(set) var enrolled = false
    /// Whether what was kept had to be wiped when it was opened: enrol again.
    public internal(set) var wiped = false
    /// What to ask before: what enrolling ends.
    public internal(set) var question: Said?
    public var working = false
    public var banner: Banner?
}

/// Enrols a phone or a station, after saying what that ends (R9).
public final class EnrolModel: Model<EnrolState> {
    private let enrolling: any Enrolling
    /// What the user typed, until they agreed.
    private var code: String?

    public init(wallet: Wallet) {
        enrolling = Phone(wallet: wallet)
        super.init(EnrolState())
    }

    public init(station: Station) {
        enrolling = Post(station: station)
        super.init(EnrolState())
    }

    public func load() async {
        await perform { _ in
            let found = try await queue.run { [enrolling] in
                (enrolled: try enrolling.isEnrolled(), wiped: try enrolling.wasWiped())
            }
            state.enrolled = found.enrolled
            state.wiped = found.wiped
        }
    }

    /// Takes the code, and asks; where nothing ends, it enrols at once.
    public func enter(_ activationCode: String) async {
        var warning: Said?
        let asked = await perform { _ in
            warning = try await queue.run { [enrolling] in try enrolling.warning() }
        }
        guard asked else { return }
        code = activationCode
        state.question = warning
        if warning == nil {
            await agree()
        }
    }

    public func agree() async {
        guard let code else { return }
        self.code = nil
        state.question = nil
        await perform { cancel in
            try await enrolling.enrol(code, cancel)
            state.enrolled = true
            state.wiped = false
        }
    }

    public func decline() {
        code = nil
        state.question = nil
    }
}

private struct Phone: Enrolling {
    let wallet: Wallet

    func warning() throws -> Said? {
        try wallet.enrolWarning()
    }

    func isEnrolled() throws -> Bool {
        try wallet.status().enrolled
    }

    func wasWiped() throws -> Bool {
        try wallet.wasWiped()
    }

    func enrol(_ code: String, _ cancel: CancelHandle) async throws {
        try await wallet.enrol(activationCode: code, cancel: cancel)
    }
}

private struct Post: Enrolling {
    let station: Station

    func warning() throws -> Said? {
        nil
    }

    func isEnrolled() throws -> Bool {
        try station.status().enrolled
    }

    func wasWiped() throws -> Bool {
        false
    }

    func enrol(_ code: String, _ cancel: CancelHandle) async throws {
        try await station.enrol(activationCode: code, cancel: cancel)
    }
}
