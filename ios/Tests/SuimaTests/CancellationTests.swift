import Foundation
import Suima
import SuimaTestSupport
import Testing

/// Tasks that are cancelled, and wallets that are closed, while something is under way.
@Suite(.timeLimit(.minutes(3))) struct CancellationTests {
    /// A phone that is enrolled, with its city.
    private func enrolled() async throws -> (City, Wallet, UInt32) {
        let city = try City()
        let phone = try await city.enrolledPhone()
        return (city, phone, try #require(try phone.family().first).slot)
    }

    @Test("the live code is drawn at once, stays as long as the core says, and ends with its task")
    func liveCodes() async throws {
        let (city, phone, slot) = try await enrolled()
        defer { city.close() }
        let slept = Slept()
        var drawn: [LiveView] = []
        for try await live in phone.liveCodes(of: slot, sleep: { slept.note($0) }) {
            drawn.append(live)
            if drawn.count == 3 { break }
        }
        #expect(slept.all == [.seconds(10), .seconds(10)])
        #expect(Set(drawn.map(\.slot)) == [slot])

        let watching = Task {
            var count = 0
            let codes = phone.liveCodes(of: slot, sleep: { _ in try await Task.sleep(for: .seconds(3600)) })
            for try await _ in codes {
                count += 1
                withUnsafeCurrentTask { $0?.cancel() }
            }
            return count
        }
        #expect(try await watching.value == 1)
    }

    @Test("the live codes end with an error when there is nothing to show")
    func nothingToShow() async throws {
        let (city, phone, slot) = try await enrolled()
        defer { city.close() }
        try phone.pause()
        let ended = await failure {
            for try await _ in phone.liveCodes(of: slot) {}
        }
        #expect(ended == "NotOpen")
        try phone.resume()
        var drawn = 0
        for try await _ in phone.liveCodes(of: slot) {
            drawn += 1
            break
        }
        #expect(drawn == 1)
    }

    @Test("a cancelled task ends the call at once, though nobody ever answers")
    func cancelled() async throws {
        let city = try City()
        defer { city.close() }
        let server = try SilentServer()
        let phone = try city.phone(at: server.address)
        let code = try city.activation(City.mother)
        let enrolling = Task {
            try await cancellable { try await phone.enrol(activationCode: code, cancel: $0) }
        }
        let connection = try await server.somebodyCame()
        enrolling.cancel()
        await #expect(throws: CancellationError.self) { try await enrolling.value }
        // The call is over in the core too: the other end of its connection is closed.
        #expect(await connection.ended())
        #expect(try !phone.status().enrolled)
        try phone.shutDown()
    }

    @Test("a handle that was cancelled ends what it is given, and says so in words")
    func cancelledHandle() async throws {
        let (city, phone, _) = try await enrolled()
        defer { city.close() }
        let handle = CancelHandle()
        try handle.cancel()
        try handle.cancel()
        do {
            _ = try await phone.refresh(cancel: handle)
            Issue.record("the call went on")
        } catch CoreError.Cancelled(let trouble) {
            #expect(trouble.id == "cancelled")
            #expect(!trouble.said.zh.isEmpty && !trouble.said.en.isEmpty)
        }
        _ = try await phone.refresh()
    }

    @Test("one handle ends many calls at once, and no other call")
    func oneHandleForMany() async throws {
        let (city, phone, slot) = try await enrolled()
        defer { city.close() }
        try phone.shutDown()
        let server = try SilentServer()
        let waiting = try city.phone(at: server.address)
        let (handle, other) = (CancelHandle(), CancelHandle())
        let untouched = Task { try await waiting.refresh(cancel: other) }
        let connection = try await server.somebodyCame()
        let ended = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<8 {
                group.addTask { await failure { try await waiting.refresh(cancel: handle) } }
            }
            try handle.cancel()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ended == Array(repeating: "Cancelled", count: 8))
        #expect(try waiting.showLive(slot: slot).text.hasPrefix("SM1:"))
        try other.cancel()
        #expect(await failure { try await untouched.value } == "Cancelled")
        #expect(await connection.ended())
    }

    @Test("a regeneration that was cancelled on its way is in doubt, and the next refresh resolves it")
    func regenerationCancelledOnItsWay() async throws {
        let (city, phone, slot) = try await enrolled()
        defer { city.close() }
        let first = try phone.showNucleicAcid(slot: slot)
        let confirm = try phone.warning(slot: slot).confirm
        try phone.shutDown()

        let server = try SilentServer()
        let waiting = try city.phone(at: server.address)
        let regenerating = Task {
            try await cancellable { try await waiting.regenerate(confirm: confirm, cancel: $0) }
        }
        let connection = try await server.somebodyCame()
        regenerating.cancel()
        await #expect(throws: CancellationError.self) { try await regenerating.value }
        #expect(await connection.ended())
        #expect(try waiting.status().inDoubt == [slot])
        #expect(try waiting.showNucleicAcid(slot: slot).inDoubtSince != nil)
        try waiting.shutDown()

        let again = try city.phone()
        #expect(try again.status().inDoubt == [slot])
        #expect(try await again.refresh().resolved.count == 1)
        #expect(try again.status().inDoubt.isEmpty)
        let second = try again.showNucleicAcid(slot: slot)
        #expect(second.inDoubtSince == nil && second.text != first.text)
        #expect(try again.checkSaved(text: first.text).outcome == .replaced)
    }

    @Test("a regeneration whose task was cancelled runs to its end, and voids nothing twice")
    func regenerationCancelled() async throws {
        let (city, phone, slot) = try await enrolled()
        defer { city.close() }
        let confirm = try phone.warning(slot: slot).confirm
        let regenerating = Task { try await phone.regenerate(confirm: confirm) }
        regenerating.cancel()
        #expect(try await regenerating.value.outcome == .made)
        #expect(try !phone.status().inDoubt.contains(slot))
        let code = try phone.showNucleicAcid(slot: slot)
        #expect(try phone.checkSaved(text: code.text).outcome == .current)
        // Confirmed once, done once: by now it would void another code than the one that was named.
        #expect(try await phone.regenerate(confirm: confirm).outcome == .behind)
        #expect(try phone.showNucleicAcid(slot: slot).text == code.text)
    }

    @Test("a wallet can be closed while it waits for an answer, and opened again")
    func closeWhileBusy() async throws {
        let (city, phone, slot) = try await enrolled()
        defer { city.close() }
        try phone.shutDown()
        let server = try SilentServer()
        let waiting = try city.phone(at: server.address)
        let refreshing = Task { try await waiting.refresh() }
        let connection = try await server.somebodyCame()
        try waiting.shutDown()
        #expect(await failure { try waiting.showLive(slot: slot) } == "NotOpen")
        withExtendedLifetime(connection) {}
        let again = try city.phone()
        #expect(try again.showLive(slot: slot).text.hasPrefix("SM1:"))
        _ = try await again.refresh()
        refreshing.cancel()
    }
}

/// Notes how long was slept, and sleeps not at all.
private final class Slept: @unchecked Sendable {
    private let lock = NSLock()
    private var durations: [Duration] = []

    var all: [Duration] {
        lock.withLock { durations }
    }

    func note(_ duration: Duration) {
        lock.withLock { durations.append(duration) }
    }
}
