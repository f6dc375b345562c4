import Suima
import SuimaTestSupport
import Testing

@testable import SuimaModels

@MainActor @Suite(.timeLimit(.minutes(3))) struct FamilyModelTests {
    @Test("a child is held at once, and every holder is seen")
    func child() async throws {
        let home = try Household()
        defer { home.city.close() }
        let mother = FamilyModel(wallet: try await home.city.enrolledPhone("mother", City.mother))
        await mother.load()
        let child = try #require(mother.state.holdable.first)
        #expect(child.relation == .child && mother.state.holdable.count == 1)
        await mother.hold(child.slot)
        #expect(mother.state.holdable.isEmpty)
        #expect(mother.state.banner == nil)

        let father = FamilyModel(wallet: try await home.city.enrolledPhone("father", City.father))
        await father.load()
        await father.hold(child.slot)
        await father.refresh()
        await father.showHolders(of: child.slot)
        #expect(Set(father.state.holders.map(\.name)) == ["王小明", "𠅤大山"])
        #expect(father.state.holders.filter(\.thisDevice).map(\.name) == ["𠅤大山"])
        #expect(!father.state.history.isEmpty)
    }

    @Test("an adult is asked, agrees with a code, is held, and ends it with the codes offered anew")
    func adult() async throws {
        let home = try Household()
        defer { home.city.close() }
        let mother = FamilyModel(wallet: try await home.city.enrolledPhone("mother", City.mother))
        let fathers = try await home.city.enrolledPhone("father", City.father)
        let father = FamilyModel(wallet: fathers)

        await mother.ask(document: City.father, name: "𠅤大山")
        #expect(mother.state.askedUntil != nil)
        await father.refresh()
        let ask = try #require(father.state.asks.first)
        #expect(ask.by == "王小明" && ask.code == nil)
        await father.answer(ask.id, agree: true)
        let digits = try #require(father.state.asks.first?.code?.digits)

        await mother.redeem("0000 0000")
        #expect(mother.state.redeemed == nil && mother.state.banner?.step == .tell)
        await mother.redeem(digits)
        #expect(mother.state.redeemed?.name == "𠅤大山")
        #expect(mother.state.banner == nil)

        let slot = try fathers.person(.oneself).slot
        await father.refresh()
        await father.showHolders(of: slot)
        let holder = try #require(father.state.holders.first { $0.name == "王小明" })
        await father.askToEnd(holder)
        #expect(father.state.ending?.holder == holder)
        father.declineToEnd()
        await father.agreeToEnd()
        #expect(father.state.holders.contains(holder), "declined is not ended")

        await father.askToEnd(holder)
        await father.agreeToEnd()
        #expect(!father.state.holders.contains(holder))
        let offer = try #require(father.state.ended?.offers.first { $0.kind == .nucleicAcid })
        let before = try fathers.showNucleicAcid(slot: slot).text
        await father.takeOffer(offer)
        #expect(father.state.remade?.outcome == .made)
        #expect(father.state.ended?.offers.contains(offer) == false)
        #expect(try fathers.showNucleicAcid(slot: slot).text != before)

        await mother.refresh()
        #expect(!mother.state.people.contains { $0.name == "𠅤大山" && $0.held })
    }

    @Test("declining an ask gives no code")
    func declined() async throws {
        let home = try Household()
        defer { home.city.close() }
        let mother = FamilyModel(wallet: try await home.city.enrolledPhone("mother", City.mother))
        let father = FamilyModel(wallet: try await home.city.enrolledPhone("father", City.father))
        await mother.ask(document: City.father, name: "𠅤大山")
        await father.refresh()
        await father.answer(try #require(father.state.asks.first).id, agree: false)
        #expect(father.state.asks.isEmpty && father.state.banner == nil)
    }
}
