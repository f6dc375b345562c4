import Foundation
import SuimaCore

extension CoreError {
    /// What went wrong: a stable word, what to say to people, and what belongs into a log.
    public var trouble: Trouble {
        switch self {
        case .NotEnrolled(let trouble), .GoOnline(let trouble), .TryAgain(let trouble),
            .NotOpen(let trouble), .Refused(let trouble), .JournalLost(let trouble),
            .Cancelled(let trouble), .Failed(let trouble):
            trouble
        }
    }

    /// What to say to people.
    public var said: Said { trouble.said }
}

extension Said {
    /// The sentence in the language of the screen: Chinese where that is asked for, else English.
    public func text(in locale: Locale = .current) -> String {
        locale.identifier.lowercased().hasPrefix("zh") ? zh : en
    }
}
