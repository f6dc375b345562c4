import Foundation
import Suima
import SuimaTestSupport
import Testing

/// ESP256 from end to end: keys that a signer of the shell keeps.
@Suite(.timeLimit(.minutes(3))) struct HardwareKeysTests {
    private func enrolled(_ city: City, _ signer: P256Signer) async throws -> (Wallet, UInt32) {
        let phone = try await city.enrolledPhone(signer: signer)
        return (phone, try #require(try phone.family().first).slot)
    }

    @Test(
        "enrolment, requests and live codes are signed in hardware, and accepted",
        arguments: P256Signer.Writing.allCases)
    func wholeWay(writing: P256Signer.Writing) async throws {
        let city = try City()
        defer { city.close() }
        let signer = P256Signer(writing)
        let (phone, slot) = try await enrolled(city, signer)
        let gate = try await city.enrolledStation("一号闸机")
        // One for the phone, and one for the holding.
        #expect(signer.keyCount == 2)

        // With a low s and with a high one.
        for _ in 0..<4 {
            let before = signer.signatureCount
            let live = try phone.showLive(slot: slot)
            #expect(signer.signatureCount == before + 1)
            #expect(try gate.check(text: live.text, place: .gate).accepted)
        }
        for _ in 0..<2 {
            let confirm = try phone.warning(slot: slot).confirm
            #expect(try await phone.regenerate(confirm: confirm).outcome == .made)
        }

        let child = try #require(try phone.family().first { $0.relation == .child }).slot
        try await phone.hold(slot: child)
        #expect(signer.keyCount == 3)
        #expect(try gate.check(text: try phone.showLive(slot: child).text, place: .gate).accepted)

        try phone.shutDown()
        let again = try city.phone(signer: signer)
        #expect(try gate.check(text: try again.showLive(slot: slot).text, place: .gate).accepted)
        _ = try await again.refresh()
    }

    @Test(
        "a signer that is not ready, throws or answers nonsense wipes nothing",
        arguments: [P256Signer.Mood.unavailable, .throwing, .nonsense])
    func unavailable(mood: P256Signer.Mood) async throws {
        let city = try City()
        defer { city.close() }
        let signer = P256Signer()
        let (phone, slot) = try await enrolled(city, signer)
        signer.mood = mood
        let shown = await failure { try phone.showLive(slot: slot) }
        let refreshed = await failure { try await phone.refresh() }
        #expect(shown == "TryAgain")
        #expect(refreshed == "TryAgain")
        // What needs no key is there.
        #expect(try phone.showNucleicAcid(slot: slot).text.hasPrefix("SM1:"))
        signer.mood = .ready
        #expect(try phone.showLive(slot: slot).text.hasPrefix("SM1:"))
        _ = try await phone.refresh()
        #expect(try !phone.wasWiped())
    }

    @Test("keys that are gone for good leave an empty wallet that says so and enrols again")
    func gone() async throws {
        let city = try City()
        defer { city.close() }
        let signer = P256Signer()
        let (phone, slot) = try await enrolled(city, signer)
        signer.forget()
        do {
            _ = try phone.showLive(slot: slot)
            Issue.record("a code was signed with no key")
        } catch CoreError.NotEnrolled(let trouble) {
            #expect(trouble.id == "keys-gone")
        }
        #expect(try !phone.status().enrolled)
        try await phone.enrol(activationCode: city.activation(City.mother))
        _ = try await phone.refresh()
        let gate = try await city.enrolledStation("一号闸机")
        #expect(try gate.check(text: try phone.showLive(slot: slot).text, place: .gate).accepted)
    }

    @Test("a signer that takes part from now on leaves the keys that there are alone")
    func addedLater() async throws {
        let city = try City()
        defer { city.close() }
        let keystore = MaskKeystore()
        let soft = try await city.enrolledPhone(keystore: keystore)
        let slot = try #require(try soft.family().first).slot
        try soft.shutDown()
        let signer = P256Signer()
        let phone = try city.phone(keystore: keystore, signer: signer)
        let gate = try await city.enrolledStation("一号闸机")
        #expect(try gate.check(text: try phone.showLive(slot: slot).text, place: .gate).accepted)
        _ = try await phone.refresh()
        #expect(signer.keyCount == 0)
    }
}
