import Foundation
import SuimaCore

extension CoreError {
    /// What to say to people.
    public var said: Said {
        switch self {
        case .NotEnrolled(let said, _), .GoOnline(let said, _), .TryAgain(let said, _),
            .NotOpen(let said, _), .Refused(let said, _), .JournalLost(let said, _),
            .Failed(let said, _):
            said
        }
    }

    /// For a log; never personal.
    public var detail: String {
        switch self {
        case .NotEnrolled(_, let detail), .GoOnline(_, let detail), .TryAgain(_, let detail),
            .NotOpen(_, let detail), .Refused(_, let detail), .JournalLost(_, let detail),
            .Failed(_, let detail):
            detail
        }
    }
}

extension Said {
    /// The sentence in the language of the screen: Chinese where that is asked for, else English.
    public func text(in locale: Locale = .current) -> String {
        locale.identifier.lowercased().hasPrefix("zh") ? zh : en
    }
}
