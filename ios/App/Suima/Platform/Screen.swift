import SwiftUI
import UIKit

/// Whether the screen is recorded or mirrored. iOS cannot forbid that, nor screenshots: it only says so.
@MainActor final class ScreenWatch: ObservableObject {
    @Published private(set) var isCaptured = UIScreen.main.isCaptured

    /// Follows the screen for as long as its task lives.
    func follow() async {
        isCaptured = UIScreen.main.isCaptured
        let changes = NotificationCenter.default.notifications(named: UIScreen.capturedDidChangeNotification)
        // A notification may not cross to this actor; that there was one may.
        for await _ in changes.map({ _ in true }) {
            isCaptured = UIScreen.main.isCaptured
        }
    }
}

extension View {
    /// Full brightness while this is shown, so that scanners read it; and the screen does not go dark meanwhile.
    func brightWhileShown() -> some View {
        modifier(BrightWhileShown())
    }
}

private struct BrightWhileShown: ViewModifier {
    @Environment(\.scenePhase) private var phase
    /// How bright it was.
    @State private var before: CGFloat?

    func body(content: Content) -> some View {
        content
            .onAppear { brighten() }
            .onDisappear { restore() }
            .onChange(of: phase) { phase in
                if phase == .active {
                    brighten()
                } else {
                    restore()
                }
            }
    }

    private func brighten() {
        guard before == nil else { return }
        before = UIScreen.main.brightness
        UIScreen.main.brightness = 1
        UIApplication.shared.isIdleTimerDisabled = true
    }

    private func restore() {
        guard let before else { return }
        UIScreen.main.brightness = before
        UIApplication.shared.isIdleTimerDisabled = false
        self.before = nil
    }
}
