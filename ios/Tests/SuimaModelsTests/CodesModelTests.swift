import Foundation
import Suima
import SuimaTestSupport
import Testing

@testable import SuimaModels

@MainActor @Suite(.timeLimit(.minutes(3))) struct CodesModelTests {
    private let clock = MovableClock()
    private let pauses = Pauses()

    /// Its time passes when `pauses` says so.
    private func model(
        _ wallet: Wallet, refreshing: Refreshing? = nil, album: any Album = TestAlbum()
    ) -> CodesModel {
        let (clock, pauses) = (clock, pauses)
        let refreshing = refreshing ?? Refreshing(wallet: wallet)
        return CodesModel(wallet: wallet, refreshing: refreshing, album: album) { span in
            try await pauses.pause()
            clock.move(by: span)
        }
    }

    @Test("the user's own live code is shown at once, and drawn anew when its time is over")
    func drawnAnew() async throws {
        let home = try Household()
        defer { home.city.close() }
        let model = model(try await home.city.enrolledPhone("mother", City.mother, clock: clock))
        await model.start()
        await wait(for: model) { $0.live != nil }
        let first = try #require(model.state.live)
        #expect(first.relation == .oneself && first.name == "王小明")
        #expect(model.state.person?.slot == first.slot)
        #expect(model.state.asOf == first.asOf)
        #expect(CodeDrawing(svg: try #require(model.state.svg)) != nil)
        pauses.endOne()
        await wait(for: model) { $0.live?.text != first.text }
        let second = try #require(model.state.live)
        #expect(second.drawnAt >= first.redrawAt)
        model.stop()
    }

    @Test("swiping shows whose code it is, and what belonged to the last one goes at once")
    func swipe() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try await home.city.enrolledPhone("mother", City.mother, clock: clock)
        let child = try wallet.person(.child).slot
        let model = model(wallet)
        await model.start()
        #expect(model.state.people.map(\.relation) == [.oneself])
        model.select(child)
        #expect(model.state.slot != child, "nobody is shown whose code is not held")

        try await wallet.hold(slot: child)
        await model.refresh()
        #expect(model.state.people.map(\.relation) == [.oneself, .child])
        await model.askToRegenerate()
        #expect(model.state.question != nil)
        model.select(child)
        #expect(model.state.question == nil, "a question about somebody else")
        await wait(for: model) { $0.live != nil }
        #expect(model.state.live?.slot == child && model.state.live?.name == "王朵朵")
        model.show(.nucleicAcid)
        #expect(model.state.live == nil)
        await wait(for: model) { $0.nucleicAcid != nil }
        #expect(model.state.nucleicAcid?.name == "王朵朵")
        model.stop()
    }

    @Test("a code stays shown with no network, under a banner, and goes on being drawn")
    func networkCut() async throws {
        let home = try Household()
        let model = model(try await home.city.enrolledPhone("mother", City.mother, clock: clock))
        await model.start()
        await wait(for: model) { $0.live != nil }
        let shown = model.state.live
        home.city.close()
        // The first may go into a connection that has not heard yet that its other end is gone.
        await model.refresh()
        await model.refresh()
        #expect(model.state.banner?.step == .goOnline)
        #expect(model.state.live != nil && model.state.missing == nil)
        pauses.endOne()
        await wait(for: model) { $0.live?.text != shown?.text }
        #expect(model.state.live != nil && model.state.banner?.step == .goOnline)
        model.show(.nucleicAcid)
        await wait(for: model) { $0.nucleicAcid != nil }
        #expect(model.state.banner?.step == .goOnline)
        model.stop()
    }

    @Test("what can no longer be shown is taken away with its reason")
    func ended() async throws {
        let home = try Household()
        let model = model(try await home.city.enrolledPhone("mother", City.mother, clock: clock))
        home.city.close()
        await model.start()
        await wait(for: model) { $0.live != nil }
        clock.move(by: .seconds(60 * 86400))
        pauses.endOne()
        await wait(for: model) { $0.missing != nil }
        #expect(model.state.live == nil && model.state.svg == nil)
        #expect(model.state.missing?.step == .goOnline)
        model.stop()
    }

    @Test("regenerating is asked first; declining voids nothing, agreeing makes one")
    func regenerate() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try await home.city.enrolledPhone("mother", City.mother, clock: clock)
        let model = model(wallet)
        model.show(.nucleicAcid)
        await model.start()
        await wait(for: model) { $0.nucleicAcid != nil }
        let before = try #require(model.state.nucleicAcid)

        await model.askToRegenerate()
        #expect(model.state.question?.voids == before.made)
        model.decline()
        await model.agree()
        #expect(model.state.outcome == nil)
        #expect(try wallet.showNucleicAcid(slot: before.slot).text == before.text)

        await model.askToRegenerate()
        await model.agree()
        #expect(model.state.question == nil)
        #expect(model.state.outcome?.outcome == .made)
        await wait(for: model) { $0.nucleicAcid?.text != before.text }
        #expect(model.state.nucleicAcid?.text == model.state.outcome?.code?.text)
        model.stop()
    }

    @Test("whoever was behind is told who was first, and asked anew")
    func behind() async throws {
        let home = try Household()
        defer { home.city.close() }
        let (mother, child) = try await home.parent("mother", City.mother, clock: clock)
        let model = model(mother)
        await model.start()
        model.select(child)
        model.show(.nucleicAcid)
        await model.askToRegenerate()

        let (father, _) = try await home.parent("father", City.father)
        let made = try await father.regenerate(confirm: father.warning(slot: child).confirm)
        #expect(made.outcome == .made)

        await model.agree()
        #expect(model.state.outcome?.outcome == .behind)
        #expect(model.state.outcome?.current?.by == "𠅤大山")
        #expect(model.state.question?.voids?.at == made.code?.made.at)
        await model.agree()
        #expect(model.state.outcome?.outcome == .made)
        model.stop()

        await model.refresh()
        #expect(model.state.banner == nil)
        model.stop()
    }

    @Test("while a regeneration is on its way, the code that is shown says that it may be void")
    func onItsWay() async throws {
        let home = try Household()
        defer { home.city.close() }
        try await home.city.enrolledPhone("mother", City.mother, clock: clock).shutDown()
        let silent = try SilentServer()
        let wallet = try home.city.phone("mother", at: silent.address, clock: clock)
        let pauses = pauses
        let refreshing = Refreshing(wallet: wallet)
        let model = CodesModel(wallet: wallet, refreshing: refreshing, album: TestAlbum()) { span in
            // Only seconds pass.
            if span > .seconds(1) {
                try await pauses.pause()
            } else {
                try Task.checkCancellation()
            }
        }
        model.show(.nucleicAcid)
        await model.start()
        await wait(for: model) { $0.nucleicAcid != nil }
        #expect(model.state.nucleicAcid?.inDoubtSince == nil)
        await model.askToRegenerate()
        let agreeing = Task { await model.agree() }
        let connection = try await silent.somebodyCame()
        await wait(for: model) { $0.nucleicAcid?.inDoubtSince != nil }
        #expect(model.state.working && !model.state.notices.isEmpty)
        model.cancel()
        await agreeing.value
        #expect(!model.state.working && model.state.outcome == nil)
        #expect(model.state.nucleicAcid?.inDoubtSince != nil)
        model.stop()
        withExtendedLifetime(connection) {}
    }

    @Test("a key that cannot be used just now takes no code away, and the next comes when it can")
    func busyKey() async throws {
        let home = try Household()
        defer { home.city.close() }
        let signer = P256Signer()
        let wallet = try await home.city.enrolledPhone("mother", City.mother, clock: clock, signer: signer)
        let (clock, pauses) = (clock, pauses)
        let (spans, pausing) = AsyncStream<Duration>.makeStream()
        let refreshing = Refreshing(wallet: wallet)
        let model = CodesModel(wallet: wallet, refreshing: refreshing, album: TestAlbum()) { span in
            pausing.yield(span)
            try await pauses.pause()
            clock.move(by: span)
        }
        signer.mood = .unavailable
        await model.start()
        for await span in spans {
            #expect(span == .seconds(2))
            break
        }
        #expect(model.state.missing?.step == .tryAgain, "there was none yet")
        signer.mood = .ready
        pauses.endOne()
        for await _ in spans { break }
        let shown = try #require(model.state.live)
        #expect(model.state.missing == nil)

        signer.mood = .unavailable
        pauses.endOne()
        for await span in spans {
            #expect(span == .seconds(2))
            break
        }
        #expect(model.state.live == shown && model.state.missing == nil)
        signer.mood = .ready
        pauses.endOne()
        await wait(for: model) { $0.live != nil && $0.live?.text != shown.text }
        model.stop()
    }

    @Test("what somebody else did is told until it was read")
    func news() async throws {
        let home = try Household()
        defer { home.city.close() }
        let (mother, child) = try await home.parent("mother", City.mother, clock: clock)
        let (father, _) = try await home.parent("father", City.father)
        _ = try await father.regenerate(confirm: father.warning(slot: child).confirm)
        let model = model(mother)
        await model.refresh()
        #expect(model.state.news.contains { $0.kind == .regenerated && $0.by == "𠅤大山" })
        await model.refresh()
        #expect(model.state.news.contains { $0.kind == .regenerated })
        model.stop()

        // The app is killed before anybody has read it.
        try mother.shutDown()
        let reopened = try home.city.phone("mother", clock: clock)
        let again = self.model(reopened)
        await again.start()
        #expect(again.state.news.contains { $0.kind == .regenerated })
        again.dismissNews()
        #expect(again.state.news.isEmpty)
        // Twice, for the first may have looked before it was written that it was read.
        for _ in 1...2 {
            await again.start()
            #expect(again.state.news.isEmpty)
        }
        again.stop()
        #expect(try reopened.unreadNews().news.isEmpty)
    }

    @Test("what the refresh of any screen brought is told, until it was read")
    func broughtElsewhere() async throws {
        let home = try Household()
        defer { home.city.close() }
        let (mother, child) = try await home.parent("mother", City.mother, clock: clock)
        let (father, _) = try await home.parent("father", City.father)
        let refreshing = Refreshing(wallet: mother)
        let model = model(mother, refreshing: refreshing)
        let screens: [@MainActor () async -> Void] = [
            FamilyModel(wallet: mother, refreshing: refreshing).refresh,
            ChallengeModel(wallet: mother, refreshing: refreshing).refresh,
            PaperModel(wallet: mother, refreshing: refreshing).refresh,
        ]
        for refresh in screens {
            _ = try await father.refresh()
            _ = try await father.regenerate(confirm: father.warning(slot: child).confirm)
            await refresh()
            let news = try #require(model.state.news.last { $0.kind == .regenerated && $0.by == "𠅤大山" })
            #expect(model.state.brought.contains(news.said))
            model.dismissNews()
            #expect(model.state.brought.isEmpty)
        }
    }

    @Test("an answer to a terminal that nobody heard is told when a refresh has learned what came of it")
    func confirmedLate() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try await home.city.enrolledPhone("mother", City.mother, clock: clock)
        let terminal = try await Terminal(home.city, name: "一号机")
        try await terminal.read(try wallet.showLive(slot: try wallet.person(.oneself).slot).text)
        _ = try await wallet.refresh()
        try wallet.shutDown()

        let silent = try SilentServer()
        let cut = try home.city.phone("mother", at: silent.address, clock: clock)
        let challenge = ChallengeModel(wallet: cut)
        await challenge.load()
        challenge.choose(try #require(challenge.state.waiting.first))
        let answering = Task { await challenge.agree() }
        let connection = try await silent.somebodyCame()
        challenge.cancel()
        await answering.value
        #expect(challenge.state.outcome == nil)
        try cut.shutDown()
        withExtendedLifetime(connection) {}

        let model = model(try home.city.phone("mother", clock: clock))
        await model.refresh()
        let confirmed = try #require(model.state.confirmed.first)
        #expect(confirmed.outcome == .done && model.state.brought.contains(confirmed.said))
        model.dismissNews()
        #expect(model.state.confirmed.isEmpty)
        model.stop()
    }

    @Test("a picture is saved, and checked by what its code says")
    func pictures() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try await home.city.enrolledPhone("mother", City.mother, clock: clock)
        let album = TestAlbum()
        let model = model(wallet, album: album)
        await model.start()
        await model.savePicture()
        #expect(model.state.saved)
        #expect(album.pictures.first?.starts(with: [0x89, 0x50, 0x4e, 0x47]) == true)

        let text = try wallet.showNucleicAcid(slot: try #require(model.state.slot)).text
        await model.check(text)
        #expect(model.state.checked?.outcome == .current)
        await model.askToRegenerate()
        await model.agree()
        #expect(!model.state.saved, "another code than the one that was saved")
        await model.check(text)
        #expect(model.state.checked?.outcome == .replaced)
        await model.check(nil)
        #expect(model.state.checked == nil)
        #expect(model.state.banner?.said == Word.noCodeInPicture.said)
        model.stop()
    }

    @Test("an album that may not be used is said, and nothing was saved")
    func refusedAlbum() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try await home.city.enrolledPhone("mother", City.mother, clock: clock)
        let model = model(wallet, album: TestAlbum(refuses: true))
        await model.start()
        await model.savePicture()
        #expect(!model.state.saved)
        #expect(model.state.banner == Banner(step: .tell, said: Word.albumRefused.said))
        model.stop()
    }

    @Test("a paused wallet shows nothing wrong, and shows the code again once it is resumed")
    func suspended() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try await home.city.enrolledPhone("mother", City.mother, clock: clock)
        let suspension = Suspension()
        suspension.add(wallet)
        let model = model(wallet)
        await model.start()
        await wait(for: model) { $0.live != nil }
        model.stop()
        await suspension.pause()
        await model.start()
        #expect(model.state.banner?.step == .reopen)
        await suspension.resume()
        await model.start()
        #expect(model.state.banner == nil)
        await wait(for: model) { $0.live != nil && $0.missing == nil }
        model.stop()
    }

    @Test("a screen that has gone keeps no live code, and a refresh that ends later draws none")
    func stopped() async throws {
        let home = try Household()
        defer { home.city.close() }
        let model = model(try await home.city.enrolledPhone("mother", City.mother, clock: clock))
        await model.start()
        await wait(for: model) { $0.live != nil }
        model.stop()
        #expect(model.state.live == nil)
        await model.refresh()
        #expect(model.state.banner == nil && model.drawing == nil)
        await model.start()
        await wait(for: model) { $0.live != nil }
        model.stop()
    }

    @Test("what was taken out of a suspension is not paused by it")
    func removed() async throws {
        let home = try Household()
        defer { home.city.close() }
        let mother = try await home.city.enrolledPhone("mother", City.mother, clock: clock)
        let father = try await home.city.enrolledPhone("father", City.father)
        let suspension = Suspension()
        suspension.add(mother)
        suspension.add(father)
        suspension.remove(mother)
        await suspension.pause()
        #expect(try !mother.family().isEmpty)
        #expect(throws: CoreError.self) { try father.family() }
    }

    @Test("a cancelled call ends without a banner")
    func cancelled() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try await home.city.enrolledPhone("mother", City.mother, clock: clock)
        try wallet.shutDown()
        let silent = try SilentServer()
        let model = model(try home.city.phone("mother", at: silent.address, clock: clock))
        let refreshing = Task { await model.refresh() }
        let connection = try await silent.somebodyCame()
        #expect(model.state.working)
        model.cancel()
        await refreshing.value
        #expect(!model.state.working && model.state.banner == nil)
        model.stop()
        _ = connection
    }
}
