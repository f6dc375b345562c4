import Foundation
import Suima
import SuimaTestSupport
import Testing

/// Ports that do not answer, answer nonsense, or throw what they did not declare.
@Suite(.timeLimit(.minutes(3))) struct PortsTests {
    @Test(
        "a keystore that is not ready, throws or answers nonsense wipes nothing",
        arguments: [MaskKeystore.Mood.unavailable, .throwing, .silent])
    func unavailable(mood: MaskKeystore.Mood) async throws {
        let city = try City()
        defer { city.close() }
        let keystore = MaskKeystore()
        let phone = try await city.enrolledPhone(keystore: keystore)
        let slot = try #require(try phone.family().first).slot
        try phone.shutDown()
        keystore.mood = mood
        #expect(await failure { try city.phone(keystore: keystore) } == "TryAgain")
        keystore.mood = .ready
        let again = try city.phone(keystore: keystore)
        #expect(try !again.wasWiped())
        #expect(try again.showLive(slot: slot).text.hasPrefix("SM1:"))
    }

    @Test("a keystore whose key is gone for good leaves an empty wallet that says so and enrols again")
    func gone() async throws {
        let city = try City()
        defer { city.close() }
        let keystore = MaskKeystore()
        try await city.enrolledPhone(keystore: keystore).shutDown()
        keystore.forget()
        let wiped = try city.phone(keystore: keystore)
        #expect(try wiped.wasWiped())
        #expect(try !wiped.status().enrolled)
        try await wiped.enrol(activationCode: city.activation(City.mother))
        #expect(try wiped.family().first?.name == "王小明")
    }

    @Test("a clock that throws is told as wrong, and the wallet goes on", arguments: [true, false])
    func brokenClock(declared: Bool) async throws {
        let city = try City()
        defer { city.close() }
        let clock = BreakableClock()
        let phone = try await city.enrolledPhone(clock: clock)
        let slot = try #require(try phone.family().first).slot
        clock.breakNow(declared: declared)
        #expect(try phone.status().clock != .right)
        #expect(try phone.showLive(slot: slot).text.hasPrefix("SM1:"))
    }

    @Test("a log that throws stops nothing", arguments: [true, false])
    func throwingLog(declared: Bool) async throws {
        let city = try City()
        defer { city.close() }
        let phone = try await city.enrolledPhone(log: ThrowingLog(declared: declared))
        #expect(try phone.family().first?.name == "王小明")
    }

    @Test("an error says what to do in both languages")
    func said() async throws {
        let city = try City()
        defer { city.close() }
        let phone = try city.phone()
        do {
            _ = try phone.family()
            Issue.record("a wallet that is not enrolled has no family")
        } catch let error as CoreError {
            #expect(error.said.text(in: Locale(identifier: "zh_CN")) == error.said.zh)
            #expect(error.said.text(in: Locale(identifier: "en_GB")) == error.said.en)
            #expect(error.said.zh != error.said.en)
            #expect(error.trouble.id == "not-enrolled")
            #expect(!error.trouble.detail.isEmpty)
        }
    }
}
