import Foundation
import Suima
import SuimaTestSupport
import Testing
import suimaFFI

/// Panics of the core: the process goes on, and the caller is told.
@Suite(.timeLimit(.minutes(3))) struct PanicTests {
    /// What uniffi calls a panic in the status of a call.
    private let panicked: Int8 = 2

    /// What no record begins with: the length of a text that is not there.
    private let malformed: [UInt8] = [0x7f, 0xff, 0xff, 0xff]

    @Test("a panic in a call is told with its message, and the library goes on")
    func inACall() throws {
        var status = RustCallStatus()
        let verifier = uniffi_suima_fn_constructor_verifier_new(
            buffer(malformed), buffer([]), buffer([]), buffer([]), buffer([]), buffer([]), &status)
        #expect(verifier == 0)
        #expect(status.code == panicked)
        let message = text(status.errorBuf)
        #expect(message.contains("roots"), "\(message)")
        guard case .unknown = try toldApart(text: "随便") else {
            Issue.record("the library does not answer any more")
            return
        }
    }

    @Test("a panic in an asynchronous call is told with its message, and the wallet goes on")
    func inAFuture() async throws {
        let city = try City()
        defer { city.close() }
        let phone = try await city.enrolledPhone()
        let none: [UInt8] = [0]
        let future = uniffi_suima_fn_method_wallet_regenerate(
            phone.uniffiCloneHandle(), buffer(malformed), buffer(none))
        await ready(future)
        var status = RustCallStatus()
        let answer = ffi_suima_rust_future_complete_rust_buffer(future, &status)
        ffi_suima_rust_future_free_rust_buffer(future)
        #expect(answer.data == nil)
        #expect(status.code == panicked)
        let message = text(status.errorBuf)
        #expect(message.contains("confirm"), "\(message)")
        let slot = try #require(try phone.family().first).slot
        #expect(try phone.showLive(slot: slot).text.hasPrefix("SM1:"))
        _ = try await phone.refresh()
    }

    /// Waits until a future of the core has come to its end.
    private func ready(_ future: UInt64) async {
        let done: Int8 = 0
        var polled: Int8
        repeat {
            polled = await withCheckedContinuation { (continuation: CheckedContinuation<Int8, Never>) in
                let told = Unmanaged.passRetained(Told(continuation))
                ffi_suima_rust_future_poll_rust_buffer(
                    future,
                    { told, polled in
                        let pointer = UnsafeRawPointer(bitPattern: UInt(told))!
                        Unmanaged<Told>.fromOpaque(pointer).takeRetainedValue().continuation.resume(
                            returning: polled)
                    },
                    UInt64(UInt(bitPattern: told.toOpaque())))
            }
        } while polled != done
    }

    private final class Told: Sendable {
        let continuation: CheckedContinuation<Int8, Never>

        init(_ continuation: CheckedContinuation<Int8, Never>) {
            self.continuation = continuation
        }
    }

    private func buffer(_ bytes: [UInt8]) -> RustBuffer {
        bytes.withUnsafeBufferPointer {
            var status = RustCallStatus()
            return ffi_suima_rustbuffer_from_bytes(
                ForeignBytes(len: Int32($0.count), data: $0.baseAddress), &status)
        }
    }

    private func text(_ buffer: RustBuffer) -> String {
        let text = String(
            decoding: UnsafeBufferPointer(start: buffer.data, count: Int(buffer.len)), as: UTF8.self)
        var status = RustCallStatus()
        ffi_suima_rustbuffer_free(buffer, &status)
        return text
    }
}
