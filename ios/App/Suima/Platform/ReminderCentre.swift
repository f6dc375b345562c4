import Foundation
import Suima
import SuimaModels
import UserNotifications

/// Reminders as notifications, each told once. They name nobody: screens are locked, and seen by others.
enum ReminderCentre {
    private static let key = "reminders-told"

    static func tell(_ reminders: [ReminderView], in language: Language) async {
        let defaults = UserDefaults.standard
        let told = Set(defaults.stringArray(forKey: key) ?? [])
        let fresh = ReminderNote.fresh(reminders, told: told)
        guard !fresh.isEmpty, await isAllowed() else { return }
        for note in fresh {
            let content = UNMutableNotificationContent()
            content.title = Word.appName.text(in: language)
            content.body = language.text(note.title)
            content.sound = .default
            let request = UNNotificationRequest(identifier: note.id, content: content, trigger: nil)
            try? await UNUserNotificationCenter.current().add(request)
        }
        // What is no reminder any more need not be remembered.
        let due = Set(ReminderNote.fresh(reminders, told: []).map(\.id))
        defaults.set(Array(due), forKey: key)
    }

    /// Asks the user, once, whether they want to be notified.
    static func ask() async {
        _ = await isAllowed()
    }

    private static func isAllowed() async -> Bool {
        let allowed = try? await UNUserNotificationCenter.current().requestAuthorization(options: [.alert, .sound])
        return allowed == true
    }
}
