import Foundation
import Suima
import SuimaTestSupport

/// A phone or a station of a trial.
struct Device {
    enum Opened {
        case phone(Wallet)
        case station(Station)
    }

    let clock: TrialClock
    let opened: Opened
    private let config: Config
    private let keystore: MaskKeystore

    /// A new one, as its `set-up` says.
    init(_ path: String, _ turn: Arguments, _ reading: ClockReading) throws {
        let roots = try turn.object("roots")
        config = Config(
            path: path, issuerUrl: try turn.text("issuer"), pinnedCertificates: [],
            roots: Roots(hot: try roots.bytes("hot"), cold: try roots.bytes("cold")))
        clock = TrialClock(reading)
        keystore = MaskKeystore()
        switch try turn.text("kind") {
        case "phone":
            opened = .phone(try Self.phone(config, keystore, clock))
        case "station":
            opened = .station(try Self.station(config, keystore, clock))
        case let kind:
            throw DidNotWork("no such device: \(kind)")
        }
    }

    /// The same once more, from its file.
    private init(again device: Device) throws {
        (clock, config, keystore) = (device.clock, device.config, device.keystore)
        switch device.opened {
        case .phone: opened = .phone(try Self.phone(config, keystore, clock))
        case .station: opened = .station(try Self.station(config, keystore, clock))
        }
    }

    func again() throws -> Device {
        try Device(again: self)
    }

    func enrol(_ activation: String) async throws {
        switch opened {
        case .phone(let phone): try await phone.enrol(activationCode: activation)
        case .station(let station): try await station.enrol(activationCode: activation)
        }
    }

    func shutDown() throws {
        switch opened {
        case .phone(let phone): try phone.shutDown()
        case .station(let station): try station.shutDown()
        }
    }

    private static func phone(_ config: Config, _ keystore: MaskKeystore, _ clock: TrialClock) throws -> Wallet {
        try Wallet.open(config: config, keystore: keystore, clock: clock, log: KeepingLog())
    }

    private static func station(
        _ config: Config, _ keystore: MaskKeystore, _ clock: TrialClock
    ) throws -> Station {
        try Station.open(config: config, keystore: keystore, clock: clock, log: KeepingLog())
    }
}

/// The clock of a device, which stands between turns.
final class TrialClock: Clock, @unchecked Sendable {
    private let lock = NSLock()
    private var reading: ClockReading

    init(_ reading: ClockReading) {
        self.reading = reading
    }

    func set(_ reading: ClockReading) {
        lock.withLock { self.reading = reading }
    }

    func read() throws -> ClockReading {
        lock.withLock { reading }
    }
}
