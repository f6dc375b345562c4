import Foundation
import Suima
import SuimaTestSupport
import Testing

/// Processes that are killed in the midst of things, and opened again.
@Suite(.timeLimit(.minutes(3))) struct KilledTests {
    private func device(_ act: String, _ config: Config, _ with: String) throws -> Program {
        try Program(
            try setting("SUIMA_PROGRAMS") + "/KilledDevice",
            [act, config.path, config.issuerUrl, config.roots.hot.hex, config.roots.cold.hex, with])
    }

    @Test("a phone that is killed while it regenerates knows that it did, and the next refresh ends it")
    func phone() async throws {
        let city = try City()
        defer { city.close() }
        let before = try await city.enrolledPhone()
        let slot = try #require(try before.family().first).slot
        let first = try before.showNucleicAcid(slot: slot)
        try before.shutDown()

        let server = try SilentServer()
        let killed = try device("regenerate", city.config("mother", at: server.address), "\(slot)")
        let connection = try await server.somebodyCame()
        killed.kill()
        #expect(await connection.ended())

        let phone = try city.phone()
        #expect(try !phone.wasWiped())
        #expect(try phone.status().inDoubt == [slot])
        #expect(try phone.showLive(slot: slot).text.hasPrefix("SM1:"))
        #expect(try phone.showNucleicAcid(slot: slot).inDoubtSince != nil)
        #expect(try await phone.refresh().resolved.map(\.outcome) == [.made])
        #expect(try phone.status().inDoubt.isEmpty)
        #expect(try phone.checkSaved(text: first.text).outcome == .replaced)
        let second = try phone.showNucleicAcid(slot: slot)
        #expect(try phone.checkSaved(text: second.text).outcome == .current)
    }

    @Test("a registration that the screen said yes to is there after the station was killed")
    func station() async throws {
        let city = try City()
        defer { city.close() }
        let phone = try await city.enrolledPhone()
        let slot = try #require(try phone.family().first).slot
        let code = try phone.showNucleicAcid(slot: slot).text

        let name = "一号采样点"
        let before = try await city.enrolledStation(name)
        _ = try before.openSession(site: "人民广场", staff: "工号 12")
        _ = try before.openTube(barcode: "TUBE0001", capacity: 10)
        try before.shutDown()

        let killed = try device("register", city.config(name), code)
        #expect(try killed.line() == "registered")
        killed.kill()

        let station = try city.station(name)
        let seats = try #require(try station.tube()).seats
        #expect(seats.map(\.seat) == [1])
        #expect(try station.register(text: code).outcome == .alreadyInTube)
        #expect(try station.status().waiting == 3)
        #expect(try await station.upload().waiting == 0)
    }
}
