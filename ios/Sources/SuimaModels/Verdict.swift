import Foundation
import Suima

/// The last answer of a station, to be seen at two metres: a colour, a word and a sign, never a colour alone.
public struct Verdict: Equatable, Sendable {
    /// Counts the verdicts, so that two that are alike are still two.
    public let number: Int
    /// What to do with light, sound and the door.
    public let signal: Signal
    /// What was found.
    public let said: Said
    /// What must be said beside it.
    public let cautions: [Said]
    /// Who was shown, masked, to compare by eye.
    public let name: String?
    public let birthYear: UInt16?
    public let presented: Presented?
    public let colour: Colour?
    /// The place in the tube, from 1.
    public let seat: UInt8?
    /// The time the knowledge is as of, at a gate or a door.
    public let asOf: Date?

    init(_ registration: RegistrationView, number: Int) {
        self.number = number
        signal = registration.signal
        said = registration.said
        cautions = registration.cautions.map(\.said)
        name = registration.person?.name ?? registration.shown?.name
        birthYear = registration.person?.birthYear ?? registration.shown?.birthYear
        presented = registration.person?.presented ?? registration.shown?.presented
        colour = nil
        seat = registration.seat
        asOf = nil
    }

    init(_ door: DoorView, number: Int) {
        self.number = number
        signal = door.signal
        said = door.said
        cautions = door.cautions.map(\.said)
        name = door.shown?.name
        birthYear = door.shown?.birthYear
        presented = door.shown?.presented
        colour = door.colour
        seat = nil
        asOf = door.asOf
    }

    /// The word that stands beside the sign.
    public var word: Word {
        switch signal {
        case .admit: .admitted
        case .refuse: .refused
        case .attention: .attention
        }
    }

    /// What a screen reader says, at once and as a whole.
    public func spoken(in language: Language) -> String {
        ([word.said, said] + cautions).map(language.text).joined(separator: language == .zh ? "，" : ", ")
    }
}
