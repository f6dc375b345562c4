import AppIntents

/// The user's own code in one tap: from a shortcut, the action button, or by voice.
struct ShowCodeIntent: AppIntent {
    static let title: LocalizedStringResource = "Show my code"
    static let openAppWhenRun = true

    @MainActor func perform() async throws -> some IntentResult {
        await Home.shared.showOwnCode()
        return .result()
    }
}

struct SuimaShortcuts: AppShortcutsProvider {
    static var appShortcuts: [AppShortcut] {
        AppShortcut(
            intent: ShowCodeIntent(),
            phrases: ["Show my code in \(.applicationName)", "Open \(.applicationName)"],
            shortTitle: "Show my code",
            systemImageName: "qrcode")
    }
}
