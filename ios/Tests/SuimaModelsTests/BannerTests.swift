import Suima
import Testing

@testable import SuimaModels

@Suite struct BannerTests {
    private static let trouble = Trouble(
        id: "word", at: nil, said: Said(zh: "句子", en: "sentence"), detail: "for a log")

    @Test(
        "each error of the core is a step of its own, in the core's words",
        arguments: [
            (CoreError.NotEnrolled(trouble: trouble), Banner.Step.enrol),
            (.GoOnline(trouble: trouble), .goOnline),
            (.TryAgain(trouble: trouble), .tryAgain),
            (.NotOpen(trouble: trouble), .reopen),
            (.Refused(trouble: trouble), .tell),
            (.JournalLost(trouble: trouble), .keepJournal),
            (.Failed(trouble: trouble), .report),
        ])
    func steps(error: CoreError, step: Banner.Step) {
        #expect(Banner(error) == Banner(step: step, said: Self.trouble.said, id: "word"))
    }

    @Test("whoever cancelled knows, and is told nothing")
    func cancelled() {
        #expect(Banner(CoreError.Cancelled(trouble: Self.trouble)) == nil)
        #expect(Banner(CancellationError()) == nil)
    }

    @Test("before the first unlock nothing is broken: try again")
    func notUnlocked() {
        #expect(Banner(NotUnlocked())?.step == .tryAgain)
    }

    @Test("whatever nobody declared is a fault to report")
    func undeclared() {
        struct Undeclared: Error {}
        #expect(Banner(Undeclared()) == Banner(step: .report, said: Word.fault.said))
    }
}
