// What calls of the core cost from Swift, as a Markdown table: `cargo xtask call-costs`.
import Foundation
import Suima
import SuimaTestSupport
import suimaFFI

/// The time of one call in microseconds: that of the fastest of many short rounds, and of the one in the middle.
func measure(_ call: () throws -> Void) throws -> (fastest: Double, middle: Double) {
    let clock = ContinuousClock()
    func round(_ calls: Int) throws -> Double {
        let start = clock.now
        for _ in 0..<calls {
            try call()
        }
        return (clock.now - start) / .microseconds(1) / Double(calls)
    }
    _ = try round(20)
    // About half a millisecond: short enough to run undisturbed on a machine that has other things to do.
    let calls = max(1, Int(500 / (try round(20))))
    let times = try (0..<400).map { _ in try round(calls) }.sorted()
    return (times[0], times[times.count / 2])
}

func row(_ call: String, _ crosses: String, _ time: (fastest: Double, middle: Double)) {
    print(String(format: "| %@ | %@ | %.1f µs | %.1f µs |", call, crosses, time.fastest, time.middle))
}

/// A keystore that gives back what it gets.
final class EchoKeystore: Keystore {
    func seal(key: Data) throws -> Data { key }
    func unseal(sealed: Data) throws -> Data { sealed }
}

/// Has the core call a keystore of Swift, by the call through which other languages would use one of Rust.
func callBack(_ keystore: EchoKeystore, _ key: [UInt8]) throws {
    var status = RustCallStatus()
    let sealed = key.withUnsafeBufferPointer {
        ffi_suima_rustbuffer_from_bytes(ForeignBytes(len: Int32($0.count), data: $0.baseAddress), &status)
    }
    let unsealed = uniffi_suima_fn_method_keystore_unseal(
        FfiConverterTypeKeystore.lower(keystore), sealed, &status)
    guard status.code == 0, unsealed.len == sealed.len else {
        throw DidNotWork("the keystore was not called")
    }
    ffi_suima_rustbuffer_free(unsealed, &status)
}

let city = try City()
defer { city.close() }
let phone = try await city.enrolledPhone()
let people = try phone.family()
let me = people[0].slot
let station = try await city.enrolledStation("门岗")
let code = try phone.showLive(slot: me).text
let keystore = EchoKeystore()
// Its length before it, as bytes cross: 36, about as long as a sealed key.
let sealed = [0, 0, 0, 36] + [UInt8](repeating: 7, count: 36)

print("| call | what crosses | fastest | in the middle |")
print("| --- | --- | --- | --- |")
row("`wasWiped()`", "a truth value: the call itself", try measure { _ = try phone.wasWiped() })
row("`status()`", "a record; the clock is asked", try measure { _ = try phone.status() })
row("`family()`", "\(people.count) records; the clock is asked", try measure { _ = try phone.family() })
row("`showLive`", "the QR code as SVG; the clock is asked", try measure { _ = try phone.showLive(slot: me) })
row(
    "`check` of a live code", "\(code.utf8.count) characters in, a record out; the clock is asked",
    try measure { _ = try station.check(text: code, place: .gate) })
row("a keystore called by the core", "36 bytes in and out", try measure { try callBack(keystore, sealed) })
