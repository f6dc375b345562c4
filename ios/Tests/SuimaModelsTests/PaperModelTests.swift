import Suima
import SuimaTestSupport
import Testing

@testable import SuimaModels

@MainActor @Suite(.timeLimit(.minutes(3))) struct PaperModelTests {
    @Test("shows what there is of each person's paper codes, and what waits")
    func paper() async throws {
        let home = try Household()
        defer { home.city.close() }
        let wallet = try await home.city.enrolledPhone("mother", City.mother)
        let child = try wallet.person(.child).slot
        try await wallet.hold(slot: child)
        let asking = FamilyModel(wallet: try await home.city.enrolledPhone("father", City.father))
        await asking.ask(document: City.mother, name: "王小明")

        let model = PaperModel(wallet: wallet)
        await model.refresh()
        #expect(model.state.banner == nil)
        #expect(model.state.people.map(\.relation) == [.oneself, .child])
        #expect(model.state.paper?.name == "王小明" && model.state.paper?.eligibility == .notEligible)
        await model.load(child)
        #expect(model.state.paper?.name == "王朵朵" && model.state.paper?.eligibility == .minor)
        #expect(model.state.paper?.current == nil)
        await model.load()
        #expect(model.state.paper?.slot == child, "whoever was chosen stays chosen")

        let reminders = model.state.reminders
        guard case .askWaiting = try #require(reminders.first).kind else {
            Issue.record("\(reminders)")
            return
        }
        let notes = ReminderNote.fresh(reminders, told: [])
        #expect(notes.first?.title == Word.noteAsk.said)
        #expect(ReminderNote.fresh(reminders, told: Set(notes.map(\.id))).isEmpty)
        for note in notes {
            #expect(!note.title.zh.contains("王小明") && !note.title.zh.contains("𠅤大山"))
        }
    }
}
