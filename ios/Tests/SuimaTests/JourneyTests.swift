import Foundation
import Suima
import SuimaTestSupport
import Testing

/// The path of a family and a sampling station, through the shared library, against a real issuer over HTTP.
@Suite(.timeLimit(.minutes(3))) struct JourneyTests {
    @Test("enrol, show, regenerate, hold, close, open, show offline")
    func journey() async throws {
        let city = try City()
        defer { city.close() }
        let log = KeepingLog()
        let mother = try city.phone(log: log)
        #expect(try !mother.status().enrolled)
        #expect(await failure { try mother.family() } == "NotEnrolled")
        try await mother.enrol(activationCode: city.activation(City.mother))
        _ = try await mother.refresh()
        let me = try #require(try mother.family().first)
        #expect(me.relation == .oneself)
        #expect(me.name == "王小明")

        let station = try await city.enrolledStation("一号采样点", log: log)
        _ = try station.openSession(site: "人民广场", staff: "工号 12")
        _ = try station.openTube(barcode: "TUBE0001", capacity: 10)

        let live = try mother.showLive(slot: me.slot)
        #expect(try station.check(text: live.text, place: .gate).accepted)
        let first = try mother.showNucleicAcid(slot: me.slot)
        #expect(try station.register(text: first.text).outcome == .registered)
        #expect(try station.check(text: first.text, place: .gate).reason?.id == "wrong-place")

        let warning = try mother.warning(slot: me.slot)
        #expect(warning.voids == first.made)
        #expect(try await mother.regenerate(confirm: warning.confirm).outcome == .made)
        let second = try mother.showNucleicAcid(slot: me.slot)
        #expect(first.text != second.text)
        #expect(try mother.checkSaved(text: first.text).outcome == .replaced)
        #expect(try mother.checkSaved(text: second.text).outcome == .current)
        #expect(try await station.sync().current)
        #expect(try station.check(text: first.text, place: .sampling).reason?.id == "replaced")
        #expect(try station.register(text: second.text).outcome == .alreadyInTube)

        let child = try #require(try mother.family().first { $0.relation == .child })
        #expect(!child.held)
        try await mother.hold(slot: child.slot)
        _ = try await mother.refresh()
        let relative = try mother.showLive(slot: child.slot)
        #expect(try station.register(text: relative.text).outcome == .registered)

        let father = try await city.enrolledPhone("father", City.father, log: log)
        try await father.hold(slot: child.slot)
        _ = try await father.refresh()
        _ = try await father.regenerate(confirm: father.warning(slot: child.slot).confirm)
        let news = try await mother.refresh().news
        #expect(news.map(\.by) == ["𠅤大山"])

        #expect(try await station.upload().waiting == 0)
        _ = try station.seal(swabs: 2, explanation: nil)
        #expect(try await station.upload().waiting == 0)
        #expect(try station.status().conflicts.isEmpty)

        try mother.shutDown()
        #expect(await failure { try mother.family() } == "NotOpen")
        city.close()
        let reopened = try city.phone(log: log)
        #expect(try !reopened.wasWiped())
        #expect(await failure { try await reopened.refresh() } == "GoOnline")
        #expect(try reopened.showNucleicAcid(slot: me.slot).text == second.text)
        for slot in [me.slot, child.slot] {
            let text = try reopened.showLive(slot: slot).text
            #expect(try station.check(text: text, place: .sampling).accepted)
        }
        #expect(try reopened.savedPicture(slot: child.slot).count > 100)

        let said = log.lines.joined(separator: "\n")
        #expect(!said.isEmpty)
        for personal in ["王小明", "王朵朵", City.mother, City.child] {
            #expect(!said.contains(personal), "logged: \(personal)")
        }
    }

    @Test("a gate opens once for a proof and asks about ID cards")
    func gate() async throws {
        let city = try City()
        defer { city.close() }
        let mother = try await city.enrolledPhone()
        let gate = try await city.enrolledStation("一号闸机")

        let slot = try #require(try mother.family().first).slot
        let live = try mother.showLive(slot: slot).text
        #expect(try gate.gate(text: live).signal == .admit)
        let again = try gate.gate(text: live)
        #expect(again.signal == .refuse)
        guard case .refused(let reason) = again.finding else {
            Issue.record("\(again.finding)")
            return
        }
        #expect(reason.id == "shown-before")

        guard case .match(_, _, let admitted) = try await gate.gateIdCard(idNumber: City.mother).finding else {
            Issue.record("the ID card is not known")
            return
        }
        #expect(admitted)
        city.close()
        let unknown = try await gate.gateIdCard(idNumber: City.mother)
        #expect(unknown.signal == .attention)
        #expect(unknown.finding == .statusUnknown(nameAgrees: nil, yearAgrees: nil))
    }

    @Test("a wrong clock is told and not obeyed, and does not change how long a code stays")
    func wrongClock() async throws {
        let city = try City()
        defer { city.close() }
        let phone = try city.phone(clock: MachineClock(ahead: 7200))
        try await phone.enrol(activationCode: city.activation(City.mother))
        guard case .wrong(let bySeconds) = try phone.status().clock else {
            Issue.record("the clock is taken for right")
            return
        }
        #expect((7190...7210).contains(bySeconds))
        let station = try await city.enrolledStation("门岗")
        let live = try phone.showLive(slot: try #require(try phone.family().first).slot)
        #expect(try station.check(text: live.text, place: .gate).accepted)
        #expect(live.stay == .seconds(10))
    }

    @Test("many calls at once from many tasks all get their answers")
    func concurrent() async throws {
        let city = try City()
        defer { city.close() }
        let phone = try await city.enrolledPhone()
        let slot = try #require(try phone.family().first).slot
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<24 {
                group.addTask {
                    if number.isMultiple(of: 4) {
                        _ = try await phone.refresh()
                    }
                    return try phone.showLive(slot: slot).text.hasPrefix("SM1:")
                }
            }
            for try await drawn in group {
                #expect(drawn)
            }
        }
    }
}
