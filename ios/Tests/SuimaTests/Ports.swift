import Foundation
import Suima

/// A keystore that masks keys; on a phone the Keychain stands here.
final class MaskKeystore: Keystore, @unchecked Sendable {
    enum Mood {
        case ready, unavailable, throwing, silent
    }

    /// An error that the port does not declare.
    struct Undeclared: Error {}

    private let lock = NSLock()
    private var current = Mood.ready
    private var mask: UInt8 = 0x5a

    var mood: Mood {
        get { lock.withLock { current } }
        set { lock.withLock { current = newValue } }
    }

    /// Loses its key, as when a backup is restored on another phone: what was sealed with it is gone for good.
    func forget() {
        lock.withLock { mask += 1 }
    }

    func seal(key: Data) throws -> Data {
        try lock.withLock {
            try answer(Data([mask]) + key.map { $0 ^ mask })
        }
    }

    func unseal(sealed: Data) throws -> Data {
        try lock.withLock {
            guard sealed.first == mask else {
                throw KeystoreError.Gone
            }
            return try answer(Data(sealed.dropFirst().map { $0 ^ mask }))
        }
    }

    private func answer(_ bytes: Data) throws -> Data {
        switch current {
        case .ready: bytes
        case .unavailable: throw KeystoreError.Unavailable(reason: "the phone was not unlocked yet")
        case .throwing: throw Undeclared()
        case .silent: Data()
        }
    }
}

/// The clocks of this machine, moved by `ahead` seconds.
final class MachineClock: Clock, Sendable {
    private let ahead: TimeInterval

    init(ahead: TimeInterval = 0) {
        self.ahead = ahead
    }

    func read() throws -> ClockReading {
        ClockReading(
            wall: Date(timeIntervalSinceNow: ahead),
            sinceBootMs: UInt64(ProcessInfo.processInfo.systemUptime * 1000),
            boot: "test"
        )
    }
}

/// A clock that can break.
final class BreakableClock: Clock, @unchecked Sendable {
    struct Undeclared: Error {}

    private let lock = NSLock()
    private var broken = false

    func breakNow() {
        lock.withLock { broken = true }
    }

    func read() throws -> ClockReading {
        if lock.withLock({ broken }) {
            throw Undeclared()
        }
        return try MachineClock().read()
    }
}

/// Keeps what is logged.
final class KeepingLog: Log, @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [String] = []

    var lines: [String] {
        lock.withLock { kept }
    }

    func record(level: LogLevel, name: String, detail: String) throws {
        lock.withLock { kept.append("\(level) \(name) \(detail)") }
    }
}

/// Throws at whatever it is told.
final class ThrowingLog: Log, Sendable {
    struct Undeclared: Error {}

    func record(level: LogLevel, name: String, detail: String) throws {
        throw Undeclared()
    }
}
