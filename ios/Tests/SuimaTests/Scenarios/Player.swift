import Foundation
import Suima
import SuimaTestSupport

/// Plays the phones and stations of one trial. Each turn is done through the bindings, and its result written down as
/// "Players" in `tests/scenarios/README.md` says.
actor Player {
    /// What was kept, for a person to agree to.
    enum Kept {
        case confirmation(Confirmation)
        case challenge(ChallengeView)
    }

    /// What a turn gives.
    struct Answer {
        var result: [String: JSON] = [:]
        /// The text of a code.
        var code: String?
        var kept: Kept?
        var picture: Data?
    }

    private let folder: URL
    private var devices: [String: Device] = [:]
    private var people: [Turn.Person] = []
    private var kept: [Kept] = []

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "suima-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Closes the devices.
    func leave() throws {
        for device in devices.values {
            try device.shutDown()
        }
        devices = [:]
    }

    /// Does a turn.
    func play(_ play: [String: JSON], people told: [Turn.Person]?) async -> JSON {
        people = told ?? people
        var said: [String: JSON] = ["turn": play["turn"] ?? .null]
        do {
            let answer = try await answer(Arguments(play))
            said["result"] = .object(answer.result)
            said["code"] = answer.code.map(JSON.string)
            said["picture"] = answer.picture.map { .string($0.hex) }
            if let keeping = answer.kept {
                said["kept"] = .number(Int64(kept.count))
                kept.append(keeping)
            }
        } catch let error as CoreError {
            let trouble = error.trouble
            said["result"] = .object([
                "error": .string(trouble.id), "at": JSON(trouble.at),
                "zh": .string(trouble.said.zh), "en": .string(trouble.said.en),
            ])
        } catch {
            said["trouble"] = .string("\(error)")
        }
        return .object(said)
    }

    private func answer(_ turn: Arguments) async throws -> Answer {
        let name = try turn.text("device")
        let reading = try turn.object("clock")
        let clock = ClockReading(
            wall: Date(timeIntervalSince1970: TimeInterval(try reading.number("wall"))),
            sinceBootMs: UInt64(try reading.number("since_boot_ms")),
            boot: try reading.text("boot"))
        switch try turn.text("do") {
        case "set-up":
            let device = try Device(folder.appending(path: "\(name).sqlite").path, turn, clock)
            devices[name] = device
            if let activation = try turn.textIfAny("activation") {
                try await device.enrol(activation)
            }
            return Answer()
        case "reopen":
            let device = try device(name, at: clock)
            try device.shutDown()
            devices[name] = try device.again()
            return Answer()
        case let act:
            let answer =
                switch try device(name, at: clock).opened {
                case .phone(let phone): try await self.phone(phone, act, turn)
                case .station(let station): try await self.station(station, act, turn)
                }
            guard let answer else {
                throw DidNotWork("no such turn: \(act)")
            }
            return answer
        }
    }

    private func device(_ name: String, at reading: ClockReading) throws -> Device {
        guard let device = devices[name] else {
            throw DidNotWork("\(name) was not set up")
        }
        device.clock.set(reading)
        return device
    }

    /// What was kept under this number.
    func kept(_ turn: Arguments, _ argument: String) throws -> Kept? {
        try turn.numberIfAny(argument).map { kept[Int($0)] }
    }

    /// A person by their name in the files.
    func person(_ slot: UInt32?) -> JSON {
        guard let slot else {
            return .null
        }
        return .string(people.first { $0.slot == slot }?.name ?? "nobody")
    }

    /// A person by their name in the files; whoever is not among them stands for themselves.
    func person(named name: String?) -> JSON {
        JSON(name.map { name in people.first { $0.fullName == name }?.name ?? name })
    }
}

/// The arguments of a turn.
struct Arguments {
    private let values: [String: JSON]

    init(_ values: [String: JSON]) {
        self.values = values
    }

    func text(_ name: String) throws -> String {
        try there(textIfAny(name), name)
    }

    func textIfAny(_ name: String) throws -> String? {
        guard case .string(let text) = values[name] else {
            return try none(name)
        }
        return text
    }

    func number(_ name: String) throws -> Int64 {
        try there(numberIfAny(name), name)
    }

    func numberIfAny(_ name: String) throws -> Int64? {
        guard case .number(let number) = values[name] else {
            return try none(name)
        }
        return number
    }

    func truth(_ name: String) throws -> Bool {
        guard case .bool(let truth) = values[name] else {
            throw DidNotWork("\(name) is not a truth value")
        }
        return truth
    }

    func object(_ name: String) throws -> Arguments {
        guard case .object(let members) = values[name] else {
            throw DidNotWork("\(name) is not an object")
        }
        return Arguments(members)
    }

    func bytes(_ name: String) throws -> Data {
        try there(Data(hex: text(name)), name)
    }

    func slot() throws -> UInt32 {
        UInt32(try number("slot"))
    }

    func place() throws -> Place {
        try there(Place(word: text("place")), "place")
    }

    /// Nothing, where nothing stands there.
    private func none<Value>(_ name: String) throws -> Value? {
        guard values[name] == nil || values[name] == .null else {
            throw DidNotWork("\(name) is of another type")
        }
        return nil
    }

    private func there<Value>(_ value: Value?, _ name: String) throws -> Value {
        guard let value else {
            throw DidNotWork("\(name) is missing, or of another type")
        }
        return value
    }
}
