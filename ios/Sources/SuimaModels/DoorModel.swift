import Suima

/// Where a door model stands.
public enum DoorPlace: CaseIterable, Sendable {
    case gate, manualCheck
}

/// What the screens of a gate and of a manual check are drawn from.
public struct DoorState: ModelState {
    /// What was found last.
    public internal(set) var door: DoorView?
    public internal(set) var verdict: Verdict?
    /// A paper code that counts and waits for the ID card.
    public internal(set) var paper: String?
    /// The number of the ID card beside it: whose name is on it?
    public internal(set) var cardNumber: String?
    /// How the station is.
    public internal(set) var status: StationStatus?
    public var working = false
    public var banner: Banner?
}

/// A gate, or a staff member at a door.
public final class DoorModel: Model<DoorState>, TakesTexts {
    private let station: Station
    private let place: DoorPlace
    public let reader = TextReader()
    private var verdicts = 0
    /// The question about whoever stepped up last.
    private var question: CancelHandle?

    public init(station: Station, place: DoorPlace) {
        self.station = station
        self.place = place
        super.init(DoorState())
    }

    public func load() async {
        await perform { _ in
            state.status = try await queue.run { [station] in try station.status() }
        }
    }

    /// Fetches keys, policy, lists and a head.
    public func sync() async {
        await perform { cancel in
            _ = try await station.sync(cancel: cancel)
            state.status = try await queue.run { [station] in try station.status() }
        }
    }

    /// Takes any text: a code is decided about, an ID card is asked about.
    public func scan(_ text: String) async {
        await perform { cancel in
            ask(cancel)
            let told = try await queue.run { try toldApart(text: text) }
            guard question === cancel else { return }
            switch told {
            case .idCard(let number):
                if state.paper == nil {
                    try await askAbout(number, cancel)
                } else {
                    // It is compared with the paper code, by its name too.
                    state.cardNumber = number
                }
            case .code(let text), .barcode(let text):
                try await decide(text, cancel)
            case .unknown:
                try await decide(text, cancel)
            }
        }
    }

    /// Asks about the ID card alone.
    public func readIdCard(number: String) async {
        await perform { cancel in
            ask(cancel)
            try await askAbout(number, cancel)
        }
    }

    /// Compares the ID card with the paper code that waits for it, and looks the status up.
    public func readIdCard(number: String, name: String) async {
        guard let paper = state.paper else {
            return await readIdCard(number: number)
        }
        await perform { cancel in
            ask(cancel)
            let door = try await station.checkPaper(
                text: paper, idNumber: number, name: name, cancel: cancel)
            guard question === cancel else { return }
            state.paper = nil
            state.cardNumber = nil
            take(door)
        }
    }

    /// The next person.
    public func clear() {
        ask(nil)
        forget()
    }

    /// Ends the question before: an answer that comes after the next has stepped up must open no door.
    private func ask(_ next: CancelHandle?) {
        // It has no way to fail; a later call would say so.
        try? question?.cancel()
        question = next
    }

    private func decide(_ text: String, _ cancel: CancelHandle) async throws {
        forget()
        let door = try await queue.run { [station, place] in
            switch place {
            case .gate: try station.gate(text: text)
            case .manualCheck: try station.checkAtDoor(text: text)
            }
        }
        guard question === cancel else { return }
        state.paper = door.finding == .needsIdCard ? text : nil
        take(door)
    }

    private func askAbout(_ number: String, _ cancel: CancelHandle) async throws {
        forget()
        let door =
            switch place {
            case .gate: try await station.gateIdCard(idNumber: number, cancel: cancel)
            case .manualCheck: try await station.checkIdCard(idNumber: number, cancel: cancel)
            }
        guard question === cancel else { return }
        take(door)
    }

    /// Takes what is known of whoever was there before off the screen.
    private func forget() {
        var next = state
        next.door = nil
        next.verdict = nil
        next.paper = nil
        next.cardNumber = nil
        state = next
    }

    private func take(_ door: DoorView) {
        verdicts += 1
        var next = state
        next.door = door
        next.verdict = Verdict(door, number: verdicts)
        state = next
    }
}
