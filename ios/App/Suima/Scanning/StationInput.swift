import SuimaModels
import SwiftUI

/// The camera, or a scanner gun, whichever the staff use.
struct StationInput: View {
    let model: any TakesTexts
    @Environment(\.language) private var language
    @AppStorage("scanner-gun") private var gun = false
    /// A hidden tab is kept, and would keep the camera running.
    @State private var isSeen = false

    var body: some View {
        VStack(spacing: 8) {
            if gun {
                WedgeField { characters in
                    let atMs = Uptime.milliseconds
                    Task { await model.typed(characters, atMs: atMs) }
                }
                .frame(height: 44)
                .accessibilityLabel(Text(verbatim: Word.scannerInput.text(in: language)))
                .task { await poll() }
            } else if isSeen {
                ScannerView { text in
                    let atMs = Uptime.milliseconds
                    Task { await model.seen(text, atMs: atMs) }
                }
                .frame(minHeight: 180)
                .clipShape(RoundedRectangle(cornerRadius: 12))
                .accessibilityHidden(true)
            }
            Toggle(isOn: $gun) { Say(.scannerInput) }
        }
        .onAppear { isSeen = true }
        .onDisappear { isSeen = false }
    }

    /// Some guns type no Enter: a pause ends what they typed.
    private func poll() async {
        while !Task.isCancelled {
            await model.paused(atMs: Uptime.milliseconds)
            try? await Task.sleep(for: .milliseconds(100))
        }
    }
}
