import Foundation
import Suima

/// On a phone the Keychain stands here.
final class MaskKeystore: Keystore {
    func seal(key: Data) throws -> Data { Data(key.map { $0 ^ 0x5a }) }
    func unseal(sealed: Data) throws -> Data { Data(sealed.map { $0 ^ 0x5a }) }
}

/// On a phone: a clock that goes on in sleep, mach_continuous_time, and the id of this start.
final class DeviceClock: Clock {
    func read() throws -> ClockReading {
        ClockReading(
            wall: Date(), sinceBootMs: UInt64(ProcessInfo.processInfo.systemUptime * 1000), boot: "one")
    }
}

final class StandardLog: Log {
    func record(level: LogLevel, name: String, detail: String) throws { print("log:", name, detail) }
}

func bytes(_ hex: String) -> Data {
    let digits = hex.compactMap(\.hexDigitValue)
    return Data(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) })
}

let given = CommandLine.arguments  // file, address, hot root, cold root, activation code
let wallet = try Wallet.open(
    config: Config(
        path: given[1], issuerUrl: given[2], pinnedCertificates: [],
        roots: Roots(hot: bytes(given[3]), cold: bytes(given[4]))),
    keystore: MaskKeystore(), clock: DeviceClock(), log: StandardLog())
do {
    try await wallet.enrol(activationCode: given[5])
    _ = try await wallet.refresh()
    let me = try wallet.family()[0].slot
    for try await live in wallet.liveCodes(of: me) {
        print("live:", live.text)
        break  // a screen goes on: the next one comes when this one has been shown long enough
    }
    let warning = try wallet.warning(slot: me)
    print("ask:", warning.said.text())
    let made = try await wallet.regenerate(confirm: warning.confirm)
    print("made:", made.code?.text ?? made.said.text())
} catch let error as CoreError {
    print("say:", error.said.text())
}
try wallet.shutDown()
