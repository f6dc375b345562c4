import Suima

/// An ID card that was read.
public struct IdCard: Equatable, Sendable {
    public let number: String
    public let name: String
}

/// What the screens of sampling are drawn from.
public struct SamplingState: ModelState {
    /// How the station is: what waits for upload, what is at odds.
    public internal(set) var status: StationStatus?
    public internal(set) var session: SessionView?
    /// The tube in hand: the people in it, by place.
    public internal(set) var tube: TubeView?
    /// The tubes that are open.
    public internal(set) var openTubes: [TubeView] = []
    public internal(set) var verdict: Verdict?
    /// A barcode that was scanned and is of no open tube: open one for how many?
    public internal(set) var barcode: String?
    /// The number of an ID card that was scanned: whose name is on it?
    public internal(set) var cardNumber: String?
    /// An ID card of somebody who may be in this tube already: register all the same?
    public internal(set) var maybeTwice: IdCard?
    /// What came of the last upload.
    public internal(set) var uploaded: UploadView?
    public var working = false
    public var banner: Banner?
}

/// The sampling staff's screens: session, tube, people, upload. All but sync and upload works with no network.
public final class SamplingModel: Model<SamplingState>, TakesTexts {
    private let station: Station
    public let reader = TextReader()
    private var verdicts = 0

    public init(station: Station) {
        self.station = station
        super.init(SamplingState())
    }

    public func load() async {
        await perform { _ in try await reload() }
    }

    // MARK: Session

    public func openSession(site: String, staff: String) async {
        await act { station in _ = try station.openSession(site: site, staff: staff) }
    }

    /// Hands the session over to another staff member.
    public func handOver(to staff: String) async {
        await act { station in _ = try station.handOver(staff: staff) }
    }

    // MARK: Tubes

    /// Opens a tube for 1, 5, 10 or 20 people.
    public func openTube(_ barcode: String, capacity: UInt8) async {
        let opened = await act { station in _ = try station.openTube(barcode: barcode, capacity: capacity) }
        if opened {
            state.barcode = nil
            state.verdict = nil
        }
    }

    /// Opens a second tube beside the one that is open.
    public func openTubeBeside(_ barcode: String, capacity: UInt8) async {
        let opened = await act { station in
            _ = try station.openTubeBeside(barcode: barcode, capacity: capacity)
        }
        if opened {
            state.barcode = nil
        }
    }

    /// Takes another open tube in hand.
    public func selectTube(_ barcode: String) async {
        await act { station in _ = try station.selectTube(barcode: barcode) }
    }

    /// Closes the tube for good. A count that differs is refused, with the reason above the screen, until it is
    /// explained.
    public func seal(swabs: UInt8, explanation: String?) async {
        await act { station in _ = try station.seal(swabs: swabs, explanation: explanation) }
    }

    // MARK: People

    /// Takes any text: a code is registered, an ID card waits for its name, a barcode chooses a tube.
    public func scan(_ text: String) async {
        await perform { _ in
            switch try await queue.run({ try toldApart(text: text) }) {
            case .code(let text):
                try await register(text)
            case .unknown:
                // Why it is not taken is for the core to say.
                try await register(text)
            case .idCard(let number):
                state.cardNumber = number
            case .barcode(let barcode):
                if state.openTubes.contains(where: { $0.barcode == barcode }) {
                    _ = try await queue.run { [station] in try station.selectTube(barcode: barcode) }
                    try await reload()
                } else {
                    state.barcode = barcode
                }
            }
        }
    }

    /// Registers whoever showed an ID card. Where they may be in this tube already, it is asked first.
    public func readIdCard(number: String, name: String) async {
        state.cardNumber = nil
        await registerIdCard(IdCard(number: number, name: name), confirmed: false)
    }

    /// Registers all the same whom the staff know to be somebody else.
    public func confirmSomebodyElse() async {
        guard let card = state.maybeTwice else { return }
        state.maybeTwice = nil
        await registerIdCard(card, confirmed: true)
    }

    /// Registers nobody: it is the same person.
    public func declineSomebodyElse() {
        state.maybeTwice = nil
    }

    /// Leaves an ID card or a barcode that was scanned alone.
    public func dropScanned() {
        state.cardNumber = nil
        state.barcode = nil
    }

    /// Registers somebody who is not in the register: a visitor, an infant.
    public func registerByHand(name: String, document: String?, contact: String) async {
        await perform { _ in
            try await take { station in
                try station.registerByHand(name: name, document: document, contact: contact)
            }
        }
    }

    /// Takes a registration back.
    public func undo(_ entry: String, reason: String) async {
        await act { station in _ = try station.undo(entry: entry, reason: reason) }
    }

    /// Moves a registration to another open tube.
    public func move(_ entry: String, to barcode: String, reason: String) async {
        await act { station in
            _ = try station.moveRegistration(entry: entry, barcode: barcode, reason: reason)
        }
    }

    // MARK: Network

    /// Fetches keys, policy, lists and a head.
    public func sync() async {
        await perform { cancel in
            _ = try await station.sync(cancel: cancel)
            try await reload()
        }
    }

    /// Uploads what waits.
    public func upload() async {
        await perform { cancel in
            state.uploaded = try await station.upload(cancel: cancel)
            try await reload()
        }
    }

    private func register(_ text: String) async throws {
        try await take { station in try station.register(text: text) }
    }

    private func registerIdCard(_ card: IdCard, confirmed: Bool) async {
        await perform { _ in
            let outcome = try await take { station in
                try station.registerIdCard(idNumber: card.number, name: card.name, confirmed: confirmed)
            }
            state.maybeTwice = outcome == .maybeTwice ? card : nil
        }
    }

    @discardableResult
    private func take(
        _ call: @escaping @Sendable (Station) throws -> RegistrationView
    ) async throws -> RegistrationOutcome {
        // Where this fails, what was found about whoever was there before must not stand.
        state.verdict = nil
        let registration = try await queue.run { [station] in try call(station) }
        verdicts += 1
        state.verdict = Verdict(registration, number: verdicts)
        try await reload()
        return registration.outcome
    }

    @discardableResult
    private func act(_ call: @escaping @Sendable (Station) throws -> Void) async -> Bool {
        await perform { _ in
            try await queue.run { [station] in try call(station) }
            try await reload()
        }
    }

    private func reload() async throws {
        let found = try await queue.run { [station] in
            (
                status: try station.status(), session: try station.session(), tube: try station.tube(),
                open: try station.openTubes()
            )
        }
        var next = state
        next.status = found.status
        next.session = found.session
        next.tube = found.tube
        next.openTubes = found.open
        state = next
    }
}
