import Suima
import SuimaTestSupport
import Testing

@testable import SuimaModels

@MainActor @Suite(.timeLimit(.minutes(3))) struct ChallengeModelTests {
    @Test("what a terminal asks waits on the phone, is asked with its digits, and is confirmed once")
    func confirmed() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try await home.city.enrolledPhone("mother", City.mother)
        let terminal = try await Terminal(home.city, name: "市民中心一号机")
        try await terminal.read(try wallet.showLive(slot: try wallet.person(.oneself).slot).text)

        let model = ChallengeModel(wallet: wallet)
        await model.refresh()
        let waiting = try #require(model.state.waiting.first)
        #expect(waiting.place == .terminal && waiting.placeName == "市民中心一号机")
        // What a camera reads off the terminal's screen.
        await model.scan("SMC1:\(waiting.id)")
        let asked = try #require(model.state.asked)
        #expect(asked.id == waiting.id && asked.act == .logIn)
        #expect(asked.check.count == 2 && asked.compare.zh.contains(asked.check))
        await model.agree()
        #expect(model.state.outcome?.outcome == .done)
        #expect(model.state.asked == nil && model.state.waiting.isEmpty)

        await model.scan("SMC1:\(waiting.id)")
        #expect(model.state.asked == nil && model.state.banner?.step == .tell)
    }

    @Test("declining does nothing at the terminal, and says so")
    func declined() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try await home.city.enrolledPhone("mother", City.mother)
        let terminal = try await Terminal(home.city, name: "一号机")
        try await terminal.read(try wallet.showLive(slot: try wallet.person(.oneself).slot).text)
        let model = ChallengeModel(wallet: wallet)
        await model.refresh()
        model.choose(try #require(model.state.waiting.first))
        await model.decline()
        #expect(model.state.outcome?.outcome == .declined)
        #expect(model.state.waiting.isEmpty)
        model.leave()
        #expect(model.state.outcome == nil)
    }

    @Test("anything else that is scanned is refused in the core's words")
    func somethingElse() async throws {
        let home = try Household()
        defer { home.city.close() }
        let model = ChallengeModel(wallet: try await home.city.enrolledPhone("mother", City.mother))
        await model.scan("https://example.com/")
        #expect(model.state.asked == nil)
        #expect(model.state.banner?.step == .tell && model.state.banner?.id == "not-a-challenge")
    }
}
