import Foundation
import Suima

/// A reminder as a notification. It says what it is about and not whose code: screens are locked, and seen by others.
public struct ReminderNote: Equatable, Sendable {
    /// The same for the same reminder: told once.
    public let id: String
    public let title: Said
}

extension ReminderNote {
    /// The notes for these reminders, without those that were told before.
    public static func fresh(_ reminders: [ReminderView], told: Set<String>) -> [ReminderNote] {
        reminders.map(ReminderNote.init).filter { !told.contains($0.id) }
    }

    init(_ reminder: ReminderView) {
        let at = Int64(reminder.at.timeIntervalSince1970)
        let slot = reminder.slot.map { "\($0)" } ?? "-"
        switch reminder.kind {
        case .challengeWaiting(let id):
            self.init(id: "challenge \(id)", title: Word.noteChallenge.said)
        case .askWaiting(let id):
            self.init(id: "ask \(id)", title: Word.noteAsk.said)
        case .liveEnds:
            self.init(id: "live \(slot) \(at)", title: Word.noteLiveEnds.said)
        case .nucleicAcidEnds:
            self.init(id: "nucleic-acid \(slot) \(at)", title: Word.noteNucleicAcidEnds.said)
        case .paperEnds:
            self.init(id: "paper \(slot) \(at)", title: Word.notePaperEnds.said)
        }
    }
}
