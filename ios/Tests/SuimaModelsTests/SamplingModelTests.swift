import Suima
import SuimaTestSupport
import Testing

@testable import SuimaModels

@MainActor @Suite(.timeLimit(.minutes(3))) struct SamplingModelTests {
    @Test("three people in a tube: twice is refused, undone is free, a wrong count needs an explanation")
    func tube() async throws {
        let home = try Household()
        defer { home.city.close() }
        let (mother, child) = try await home.parent("mother", City.mother)
        let me = try mother.person(.oneself).slot
        let model = SamplingModel(station: try await home.station("一号采样点"))
        await model.load()
        #expect(model.state.session == nil)
        await model.scan("TUBE-0001")
        #expect(model.state.barcode == "TUBE-0001")
        await model.openTube("TUBE-0001", capacity: 5)
        #expect(model.state.banner?.step == .tell, "nobody is on duty")
        await model.openSession(site: "人民广场", staff: "12")
        #expect(model.state.session?.staff == "12" && model.state.banner == nil)
        await model.openTube("TUBE-0001", capacity: 5)
        #expect(model.state.tube?.capacity == 5 && model.state.barcode == nil)

        await model.scan(try mother.showNucleicAcid(slot: me).text)
        #expect(model.state.verdict?.signal == .admit && model.state.verdict?.seat == 1)
        #expect(model.state.verdict?.presented == .nucleicAcid)
        await model.scan(try mother.showLive(slot: child).text)
        #expect(model.state.verdict?.seat == 2 && model.state.verdict?.presented == .relative)
        await model.scan(City.father)
        #expect(model.state.cardNumber == City.father)
        await model.readIdCard(number: City.father, name: "𠅤大山")
        #expect(model.state.cardNumber == nil && model.state.verdict?.seat == 3)
        #expect(model.state.tube?.seats.count == 3)

        let last = try #require(model.state.verdict)
        await model.scan(try mother.showLive(slot: me).text)
        #expect(model.state.verdict?.signal == .attention)
        #expect(model.state.verdict?.said != last.said && model.state.verdict?.number == last.number + 1)
        #expect(model.state.tube?.seats.count == 3)

        let seat = try #require(model.state.tube?.seats.first { $0.presented == .relative })
        await model.undo(seat.entry, reason: "登记错人")
        #expect(model.state.tube?.seats.count == 2)
        await model.scan(try mother.showLive(slot: child).text)
        #expect(model.state.verdict?.signal == .admit)
        #expect(model.state.tube?.seats.count == 3)

        await model.seal(swabs: 2, explanation: nil)
        #expect(model.state.banner?.step == .tell)
        #expect(model.state.tube?.sealed == false)
        await model.seal(swabs: 2, explanation: "一支拭子掉落")
        #expect(model.state.banner == nil && model.state.tube?.sealed == true)
        await model.scan(try mother.showLive(slot: me).text)
        #expect(model.state.verdict?.signal != .admit)

        #expect(try #require(model.state.status).waiting > 0)
        await model.upload()
        #expect(model.state.uploaded?.waiting == 0 && model.state.status?.waiting == 0)
        #expect(model.state.status?.conflicts.isEmpty == true)
    }

    @Test("an ID card of somebody who may be in the tube is asked about, and registers nobody until answered")
    func maybeTwice() async throws {
        let home = try Household()
        defer { home.city.close() }
        let mother = try await home.city.enrolledPhone("mother", City.mother)
        let model = SamplingModel(station: try await home.station("采样点"))
        await model.openSession(site: "人民广场", staff: "12")
        await model.openTube("TUBE0001", capacity: 10)
        await model.scan(try mother.showNucleicAcid(slot: try mother.person(.oneself).slot).text)
        await model.readIdCard(number: City.mother, name: "王小明")
        #expect(model.state.maybeTwice == IdCard(number: City.mother, name: "王小明"))
        #expect(model.state.verdict?.signal == .attention)
        model.declineSomebodyElse()
        await model.confirmSomebodyElse()
        #expect(model.state.tube?.seats.count == 1)
        await model.readIdCard(number: City.mother, name: "王小明")
        await model.confirmSomebodyElse()
        #expect(model.state.maybeTwice == nil && model.state.tube?.seats.count == 2)
    }

    @Test("with no network everything is taken and waits; nothing is lost by an upload that fails")
    func offline() async throws {
        let home = try Household()
        let mother = try await home.city.enrolledPhone("mother", City.mother)
        let model = SamplingModel(station: try await home.station("采样点"))
        home.city.close()
        await model.openSession(site: "人民广场", staff: "12")
        await model.openTube("TUBE0001", capacity: 1)
        await model.scan(try mother.showLive(slot: try mother.person(.oneself).slot).text)
        #expect(model.state.verdict?.signal == .admit)
        let waiting = try #require(model.state.status?.waiting)
        // The first may go into a connection that has not heard yet that its other end is gone.
        await model.sync()
        await model.upload()
        #expect(model.state.banner?.step == .goOnline)
        #expect(model.state.status?.waiting == waiting && model.state.tube?.seats.count == 1)
        await model.sync()
        #expect(model.state.banner?.step == .goOnline)
    }

    @Test("a second tube stands beside the first, people move between them, and shifts are handed over")
    func beside() async throws {
        let home = try Household()
        defer { home.city.close() }
        let model = SamplingModel(station: try await home.station("采样点"))
        await model.openSession(site: "人民广场", staff: "12")
        await model.openTube("TUBE0001", capacity: 10)
        await model.registerByHand(name: "李雷", document: nil, contact: "13800000000")
        #expect(model.state.verdict?.signal == .admit)
        await model.openTubeBeside("TUBE0002", capacity: 10)
        #expect(model.state.tube?.barcode == "TUBE0002" && model.state.openTubes.count == 2)
        await model.scan("TUBE0001")
        #expect(model.state.tube?.barcode == "TUBE0001" && model.state.barcode == nil)
        let entry = try #require(model.state.tube?.seats.first).entry
        await model.move(entry, to: "TUBE0002", reason: "换管")
        #expect(model.state.openTubes.first { $0.barcode == "TUBE0002" }?.seats.count == 1)
        await model.handOver(to: "13")
        #expect(model.state.session?.staff == "13" && model.state.banner == nil)
    }

    @Test("what a scanner gun types and what stays before a camera is one scan each")
    func inputs() async throws {
        let home = try Household()
        defer { home.city.close() }
        let model = SamplingModel(station: try await home.station("采样点"))
        await model.openSession(site: "人民广场", staff: "12")
        await model.typed("TUBE", atMs: 1000)
        #expect(model.state.barcode == nil)
        await model.typed("0001\n", atMs: 1010)
        #expect(model.state.barcode == "TUBE0001")
        model.dropScanned()
        await model.typed("TUBE0002", atMs: 5000)
        await model.paused(atMs: 5100)
        #expect(model.state.barcode == nil)
        await model.paused(atMs: 6000)
        #expect(model.state.barcode == "TUBE0002")

        await model.openTube("TUBE0002", capacity: 10)
        await model.seen("SM1:NONSENSE", atMs: 7000)
        let first = try #require(model.state.verdict)
        #expect(first.signal == .refuse)
        await model.seen("SM1:NONSENSE", atMs: 7100)
        #expect(model.state.verdict == first)
        await model.seen("SM1:NONSENSE", atMs: 20000)
        #expect(model.state.verdict?.number == first.number + 1)
    }

    @Test("who was registered last does not stand when the next cannot be")
    func failed() async throws {
        let home = try Household()
        defer { home.city.close() }
        let station = try await home.station("一号采样点")
        let model = SamplingModel(station: station)
        await model.openSession(site: "人民广场", staff: "12")
        await model.openTube("TUBE0001", capacity: 10)
        await model.registerByHand(name: "李雷", document: nil, contact: "13800000000")
        #expect(model.state.verdict?.signal == .admit)
        try station.pause()
        await model.registerByHand(name: "韩梅梅", document: nil, contact: "13800000001")
        #expect(model.state.verdict == nil && model.state.banner?.step == .reopen)
    }
}
