import Suima
import SuimaTestSupport
import Testing

@testable import SuimaModels

/// The main queue draws; whatever the core does (a database, a signature, a picture) it does elsewhere.
@MainActor @Suite(.timeLimit(.minutes(3))) struct MainQueueTests {
    @Test("no model of the citizen's calls the core on the main queue")
    func wallet() async throws {
        let home = try Household()
        defer { home.city.close() }
        let clock = MovableClock()
        #expect(isMain(), "models stand on it")
        let wallet = try await Task.detached { [city = home.city] in
            try city.phone(clock: clock)
        }.value
        let enrol = EnrolModel(wallet: wallet)
        await enrol.load()
        await enrol.enter(try home.city.activation(City.mother))
        await enrol.agree()
        let codes = CodesModel(wallet: wallet, refreshing: Refreshing(wallet: wallet), album: TestAlbum()) { _ in
            try await Task.sleep(for: .seconds(3600))
        }
        await codes.refresh()
        await wait(for: codes) { $0.live != nil }
        codes.show(.nucleicAcid)
        await wait(for: codes) { $0.nucleicAcid != nil }
        await codes.askToRegenerate()
        await codes.agree()
        await codes.savePicture()
        await codes.check(codes.state.nucleicAcid?.text)
        codes.stop()
        let family = FamilyModel(wallet: wallet)
        await family.load()
        await family.hold(try #require(family.state.holdable.first).slot)
        await family.showHolders(of: try #require(family.state.people.first).slot)
        let paper = PaperModel(wallet: wallet)
        await paper.refresh()
        let challenge = ChallengeModel(wallet: wallet)
        await challenge.load()
        await challenge.scan("SMC1:0")
        #expect(clock.wasRead && !clock.wasReadOnMain)
        _ = try wallet.status()
        #expect(clock.wasReadOnMain, "what this looks for is seen")
    }

    @Test("no model of the staff's calls the core on the main queue")
    func station() async throws {
        let home = try Household()
        defer { home.city.close() }
        let clock = MovableClock()
        let station = try await Task.detached { [city = home.city] in
            try city.station("采样点", clock: clock)
        }.value
        let enrol = EnrolModel(station: station)
        await enrol.load()
        await enrol.enter(try home.city.stationActivation("采样点"))
        let sampling = SamplingModel(station: station)
        await sampling.sync()
        await sampling.openSession(site: "人民广场", staff: "12")
        await sampling.openTube("TUBE0001", capacity: 10)
        await sampling.scan("SM1:NONSENSE")
        await sampling.registerByHand(name: "李雷", document: nil, contact: "13800000000")
        await sampling.undo(try #require(sampling.state.tube?.seats.first).entry, reason: "登记错人")
        await sampling.seal(swabs: 0, explanation: nil)
        await sampling.upload()
        for place in DoorPlace.allCases {
            let door = DoorModel(station: station, place: place)
            await door.load()
            await door.scan("SM1:NONSENSE")
            await door.readIdCard(number: City.mother)
        }
        #expect(clock.wasRead && !clock.wasReadOnMain)
        _ = try station.status()
        #expect(clock.wasReadOnMain, "what this looks for is seen")
    }
}
