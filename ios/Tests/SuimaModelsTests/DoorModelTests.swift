import Suima
import SuimaTestSupport
import Testing

@testable import SuimaModels

@MainActor @Suite(.timeLimit(.minutes(3))) struct DoorModelTests {
    @Test("a gate opens once for a live code, refuses a sampling code with the reason, and asks about ID cards")
    func gate() async throws {
        let home = try Household()
        let mother = try await home.city.enrolledPhone("mother", City.mother)
        let slot = try mother.person(.oneself).slot
        let model = DoorModel(station: try await home.station("一号闸机"), place: .gate)
        await model.load()
        #expect(model.state.status?.asOf != nil)
        let live = try mother.showLive(slot: slot).text
        await model.scan(live)
        let verdict = try #require(model.state.verdict)
        #expect(verdict.signal == .admit && verdict.colour == .green && verdict.asOf != nil)
        #expect(verdict.word == .admitted)
        await model.scan(live)
        #expect(model.state.verdict?.signal == .refuse)
        await model.scan(try mother.showNucleicAcid(slot: slot).text)
        #expect(model.state.verdict?.signal == .refuse)
        guard case .refused(let reason) = model.state.door?.finding else {
            Issue.record("\(String(describing: model.state.door?.finding))")
            return
        }
        #expect(reason.id == "wrong-place")
        await model.scan(City.mother)
        #expect(model.state.verdict?.signal == .admit)

        home.city.close()
        await model.scan(City.mother)
        #expect(model.state.verdict?.signal == .attention)
        #expect(model.state.door?.finding == .statusUnknown(nameAgrees: nil, yearAgrees: nil))
        model.clear()
        #expect(model.state.verdict == nil && model.state.door == nil)
    }

    @Test("what was found about whoever was there before does not stand when the next cannot be looked at")
    func failedScan() async throws {
        let home = try Household()
        defer { home.city.close() }
        let mother = try await home.city.enrolledPhone("mother", City.mother)
        let station = try await home.station("一号闸机")
        let model = DoorModel(station: station, place: .gate)
        await model.scan(City.father)
        #expect(model.state.verdict?.signal == .admit)
        try station.pause()
        await model.scan(try mother.showLive(slot: try mother.person(.oneself).slot).text)
        #expect(model.state.verdict == nil && model.state.door == nil)
        #expect(model.state.banner?.step == .reopen)
    }

    @Test("an answer about somebody who has gone opens no door")
    func lateAnswer() async throws {
        let home = try Household()
        defer { home.city.close() }
        try await home.station("一号闸机").shutDown()
        let silent = try SilentServer()
        let station = try home.city.station("一号闸机", at: silent.address)
        let model = DoorModel(station: station, place: .gate)
        let first = Task { await model.scan(City.mother) }
        let connection = try await silent.somebodyCame()
        model.clear()
        await first.value
        #expect(model.state.verdict == nil && model.state.banner == nil && !model.state.working)

        let second = Task { await model.readIdCard(number: City.mother) }
        let another = try await silent.somebodyCame()
        await model.scan("SM1:NONSENSE")
        await second.value
        #expect(model.state.verdict?.signal == .refuse && model.state.verdict?.number == 1)

        let third = Task { await model.readIdCard(number: City.mother) }
        let last = try await silent.somebodyCame()
        #expect(model.state.verdict == nil, "that was somebody else")
        model.clear()
        await third.value
        withExtendedLifetime((connection, another, last)) {}
    }

    @Test("at a manual check a live code is decided about at once and an ID card is looked up")
    func manualCheck() async throws {
        let home = try Household()
        defer { home.city.close() }
        let mother = try await home.city.enrolledPhone("mother", City.mother)
        let station = try await home.station("门岗")
        let model = DoorModel(station: station, place: .manualCheck)
        await model.scan(City.father)
        #expect(model.state.banner?.step == .tell, "nobody is on duty")
        _ = try station.openSession(site: "商场", staff: "7")
        await model.scan(try mother.showLive(slot: try mother.person(.oneself).slot).text)
        #expect(model.state.verdict?.signal == .admit && model.state.banner == nil)
        await model.scan(City.father)
        guard case .match(let colour, _, true) = model.state.door?.finding else {
            Issue.record("\(String(describing: model.state.door?.finding))")
            return
        }
        #expect(colour == .green)
        await model.typed("not a code\n", atMs: 1)
        #expect(model.state.verdict?.signal == .refuse)
    }

    @Test("a paper code waits for the ID card and its name, is compared with it, and the status looked up")
    func paper() async throws {
        let home = try Household()
        defer { home.city.close() }
        let mother = try await home.city.enrolledPhone("mother", City.mother)
        let child = try mother.person(.child).slot
        let terminal = try await Terminal(home.city, name: "市民中心一号机")
        try await terminal.read(City.mother)
        let code = try await terminal.paperCode(of: child)

        let station = try await home.station("门岗")
        _ = try station.openSession(site: "商场", staff: "7")
        let model = DoorModel(station: station, place: .manualCheck)
        await model.scan(code)
        #expect(model.state.verdict?.signal == .attention && model.state.door?.finding == .needsIdCard)
        #expect(model.state.paper == code)
        await model.scan(City.child)
        #expect(model.state.cardNumber == City.child, "its name is still asked for")
        await model.readIdCard(number: City.child, name: "王朵朵")
        guard case .match(_, _, true) = model.state.door?.finding else {
            Issue.record("\(String(describing: model.state.door?.finding))")
            return
        }
        #expect(model.state.verdict?.signal == .admit)
        #expect(model.state.paper == nil && model.state.cardNumber == nil)

        await model.scan(code)
        await model.readIdCard(number: City.father, name: "𠅤大山")
        #expect(model.state.door?.finding == .noMatch)
        #expect(model.state.verdict?.signal == .refuse)

        await model.scan(code)
        await model.scan(try mother.showLive(slot: try mother.person(.oneself).slot).text)
        #expect(model.state.paper == nil, "the next person came")

        try await mother.hold(slot: child)
        let known = PaperModel(wallet: mother)
        await known.refresh()
        await known.load(child)
        #expect(known.state.paper?.current?.place.contains("市民中心一号机") == true)
    }
}
