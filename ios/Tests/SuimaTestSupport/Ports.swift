import Foundation
import Suima

/// A keystore that masks keys; on a phone the Keychain stands here.
package final class MaskKeystore: Keystore, @unchecked Sendable {
    package enum Mood: Sendable {
        case ready, unavailable, throwing, silent
    }

    private let lock = NSLock()
    private var current = Mood.ready
    private var mask: UInt8 = 0x5a

    package init() {}

    package var mood: Mood {
        get { lock.withLock { current } }
        set { lock.withLock { current = newValue } }
    }

    /// Loses its key, as when a backup is restored on another phone: what was sealed with it is gone for good.
    package func forget() {
        lock.withLock { mask += 1 }
    }

    package func seal(key: Data) throws -> Data {
        try lock.withLock {
            try answer(Data([mask]) + key.map { $0 ^ mask })
        }
    }

    package func unseal(sealed: Data) throws -> Data {
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
package final class MachineClock: Clock, Sendable {
    private let ahead: TimeInterval

    package init(ahead: TimeInterval = 0) {
        self.ahead = ahead
    }

    package func read() throws -> ClockReading {
        ClockReading(
            wall: Date(timeIntervalSinceNow: ahead),
            sinceBootMs: UInt64(ProcessInfo.processInfo.systemUptime * 1000),
            boot: "test"
        )
    }
}

/// An error that no port declares.
struct Undeclared: Error {}

/// What a port throws that has failed: what it declares, or something else.
private func broken(declared: Bool) -> any Error {
    declared ? PortError.Failed(reason: "it was broken on purpose") : Undeclared()
}

/// A clock that can break.
package final class BreakableClock: Clock, @unchecked Sendable {
    private let lock = NSLock()
    private var error: (any Error)?

    package init() {}

    package func breakNow(declared: Bool) {
        lock.withLock { error = broken(declared: declared) }
    }

    package func read() throws -> ClockReading {
        if let error = lock.withLock({ error }) {
            throw error
        }
        return try MachineClock().read()
    }
}

/// Keeps what is logged.
package final class KeepingLog: Log, @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [String] = []

    package init() {}

    package var lines: [String] {
        lock.withLock { kept }
    }

    package func record(level: LogLevel, name: String, detail: String) throws {
        lock.withLock { kept.append("\(level) \(name) \(detail)") }
    }
}

/// Throws at whatever it is told.
package final class ThrowingLog: Log, Sendable {
    private let declared: Bool

    package init(declared: Bool) {
        self.declared = declared
    }

    package func record(level: LogLevel, name: String, detail: String) throws {
        throw broken(declared: declared)
    }
}
