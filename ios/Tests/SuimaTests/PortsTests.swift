import Foundation
import Suima
import SuimaTestSupport
import Testing

/// Ports that do not answer, answer nonsense, or throw what they did not declare.
@Suite(.timeLimit(.minutes(3))) struct PortsTests {
    private func enrolled(
        _ city: City, _ keystore: MaskKeystore, clock: any Clock = MachineClock(), log: any Log = KeepingLog()
    ) async throws -> Wallet {
        let phone = try Wallet.open(config: city.config("mother"), keystore: keystore, clock: clock, log: log)
        try await phone.enrol(activationCode: city.activation(City.mother))
        _ = try await phone.refresh()
        return phone
    }

    private func open(_ city: City, _ keystore: MaskKeystore) throws -> Wallet {
        try Wallet.open(
            config: city.config("mother"), keystore: keystore, clock: MachineClock(), log: KeepingLog())
    }

    @Test(
        "a keystore that is not ready, throws or answers nonsense wipes nothing",
        arguments: [MaskKeystore.Mood.unavailable, .throwing, .silent])
    func unavailable(mood: MaskKeystore.Mood) async throws {
        let city = try City()
        defer { city.close() }
        let keystore = MaskKeystore()
        let phone = try await enrolled(city, keystore)
        let slot = try #require(try phone.family().first).slot
        try phone.shutDown()
        keystore.mood = mood
        #expect(await failure { try open(city, keystore) } == "TryAgain")
        keystore.mood = .ready
        let again = try open(city, keystore)
        #expect(try !again.wasWiped())
        #expect(try again.showLive(slot: slot).text.hasPrefix("SM1:"))
    }

    @Test("a keystore whose key is gone for good leaves an empty wallet that says so and enrols again")
    func gone() async throws {
        let city = try City()
        defer { city.close() }
        let keystore = MaskKeystore()
        try await enrolled(city, keystore).shutDown()
        keystore.forget()
        let wiped = try open(city, keystore)
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
        let phone = try await enrolled(city, MaskKeystore(), clock: clock)
        let slot = try #require(try phone.family().first).slot
        clock.breakNow(declared: declared)
        #expect(try phone.status().clock != .right)
        #expect(try phone.showLive(slot: slot).text.hasPrefix("SM1:"))
    }

    @Test("a log that throws stops nothing", arguments: [true, false])
    func throwingLog(declared: Bool) async throws {
        let city = try City()
        defer { city.close() }
        let phone = try await enrolled(city, MaskKeystore(), log: ThrowingLog(declared: declared))
        #expect(try phone.family().first?.name == "王小明")
    }

    @Test("an error says what to do in both languages")
    func said() async throws {
        let city = try City()
        defer { city.close() }
        let phone = try open(city, MaskKeystore())
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
