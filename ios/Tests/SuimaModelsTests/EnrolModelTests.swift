import Suima
import SuimaTestSupport
import Testing

@testable import SuimaModels

@MainActor @Suite(.timeLimit(.minutes(3))) struct EnrolModelTests {
    @Test("what enrolling ends is asked first, and declining enrols nothing")
    func asksFirst() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try home.city.phone("mother")
        let model = EnrolModel(wallet: wallet)
        await model.load()
        #expect(!model.state.enrolled && !model.state.wiped)
        let code = try home.city.activation(City.mother)
        await model.enter(code)
        #expect(try model.state.question == wallet.enrolWarning())
        #expect(try !wallet.status().enrolled)
        model.decline()
        #expect(model.state.question == nil)
        await model.agree()
        #expect(!model.state.enrolled)

        await model.enter(code)
        await model.agree()
        #expect(model.state.enrolled)
        #expect(model.state.banner == nil && !model.state.working)
        #expect(try wallet.status().enrolled)
    }

    @Test("a wrong activation code is refused in the core's words, and another one can be entered")
    func wrongCode() async throws {
        let home = try Household()
        defer { home.city.close() }
        let model = EnrolModel(wallet: try home.city.phone("mother"))
        await model.enter("0000-0000-0000")
        await model.agree()
        let banner = try #require(model.state.banner)
        #expect(!model.state.enrolled)
        #expect(!banner.said.zh.isEmpty && banner.said.zh != banner.said.en)
        await model.enter(try home.city.activation(City.mother))
        await model.agree()
        #expect(model.state.enrolled)
        #expect(model.state.banner == nil)
    }

    @Test("without a network the step is to go online")
    func offline() async throws {
        let home = try Household()
        let model = EnrolModel(wallet: try home.city.phone("mother"))
        let code = try home.city.activation(City.mother)
        home.city.close()
        await model.enter(code)
        await model.agree()
        #expect(model.state.banner?.step == .goOnline)
        #expect(model.state.banner?.id == "offline")
    }

    @Test("a wallet whose key is gone says that it was wiped until it is enrolled again")
    func wiped() async throws {
        let home = try Household()
        defer { home.city.close() }
        let keystore = MaskKeystore()
        try await home.city.enrolledPhone(keystore: keystore).shutDown()
        keystore.forget()
        let model = EnrolModel(wallet: try home.city.phone(keystore: keystore))
        await model.load()
        #expect(model.state.wiped && !model.state.enrolled)
        await model.enter(try home.city.activation(City.mother))
        await model.agree()
        #expect(!model.state.wiped && model.state.enrolled)
    }

    @Test("a phone whose place another one took goes back to enrolment")
    func ended() async throws {
        let home = try Household()
        defer { home.city.close() }
        let old = try await home.city.enrolledPhone("old", City.mother)
        let enrol = EnrolModel(wallet: old)
        await enrol.load()
        #expect(enrol.state.enrolled)
        _ = try await home.city.enrolledPhone("new", City.mother)
        let codes = CodesModel(wallet: old, refreshing: Refreshing(wallet: old), album: TestAlbum())
        await codes.refresh()
        codes.stop()
        #expect(codes.state.banner?.step == .enrol)
        await enrol.load()
        #expect(!enrol.state.enrolled)
    }
}
