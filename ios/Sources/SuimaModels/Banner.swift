import Suima

/// What stands above a screen when something was not done, and what helps.
public struct Banner: Equatable, Sendable {
    /// What the shell does about it, by the variant of the error.
    public enum Step: Equatable, Sendable {
        /// Go to enrolment.
        case enrol
        /// Wait for a network; what was shown stays shown.
        case goOnline
        /// Offer to try again.
        case tryAgain
        /// Open anew.
        case reopen
        /// Say it, and no more.
        case tell
        /// Keep the station's file, and call whoever answers for the station.
        case keepJournal
        /// Report it.
        case report
    }

    public let step: Step
    /// What to say.
    public let said: Said
    /// A stable word for it, `offline` say; none where the error is not of the core.
    public let id: String?

    init(step: Step, said: Said, id: String? = nil) {
        self.step = step
        self.said = said
        self.id = id
    }

    /// None for what was cancelled: whoever did so knows.
    public init?(_ error: any Error) {
        switch error {
        case let error as CoreError:
            guard let step = Step(error) else { return nil }
            self.init(step: step, said: error.trouble.said, id: error.trouble.id)
        case is AlbumRefused:
            self.init(step: .tell, said: Word.albumRefused.said)
        case is NotUnlocked:
            self.init(step: .tryAgain, said: Word.notUnlocked.said)
        case is CancellationError:
            return nil
        default:
            self.init(step: .report, said: Word.fault.said)
        }
    }
}

/// Files and keys cannot be read before the phone was unlocked for the first time. Nothing is wrong with them.
public struct NotUnlocked: Error {
    public init() {}
}

extension Banner.Step {
    fileprivate init?(_ error: CoreError) {
        switch error {
        case .NotEnrolled: self = .enrol
        case .GoOnline: self = .goOnline
        case .TryAgain: self = .tryAgain
        case .NotOpen: self = .reopen
        case .Refused: self = .tell
        case .JournalLost: self = .keepJournal
        case .Failed: self = .report
        case .Cancelled: return nil
        }
    }
}
