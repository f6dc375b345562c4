import Suima
import SuimaModels
import SwiftUI

extension EnvironmentValues {
    /// The language of the screen.
    var language: Language {
        get { self[LanguageKey.self] }
        set { self[LanguageKey.self] = newValue }
    }

    /// Large type, and fewer things.
    var elder: Bool {
        get { self[ElderKey.self] }
        set { self[ElderKey.self] = newValue }
    }
}

private struct LanguageKey: EnvironmentKey {
    static let defaultValue = Language.zh
}

private struct ElderKey: EnvironmentKey {
    static let defaultValue = false
}

/// Words or a sentence, in the language of the screen.
struct Say: View {
    @Environment(\.language) private var language
    private let said: Said

    init(_ word: Word) {
        said = word.said
    }

    init(_ said: Said) {
        self.said = said
    }

    var body: some View {
        Text(language.text(said))
            .fixedSize(horizontal: false, vertical: true)
    }
}

extension View {
    /// What its tab is called.
    func tab(_ word: Word, _ symbol: String) -> some View {
        tabItem {
            Label {
                Say(word)
            } icon: {
                Image(systemName: symbol)
            }
        }
    }
}

/// A button with one of the shell's words.
struct WordButton: View {
    let word: Word
    var role: ButtonRole?
    let action: @MainActor () -> Void

    init(_ word: Word, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void) {
        self.word = word
        self.role = role
        self.action = action
    }

    var body: some View {
        Button(role: role, action: action) {
            Say(word).frame(maxWidth: .infinity, minHeight: 32)
        }
    }
}

/// A label and a value on one line, or on two where type is large.
struct Line: View {
    @Environment(\.language) private var language
    let word: Word
    let value: String

    init(_ word: Word, _ value: String) {
        self.word = word
        self.value = value
    }

    var body: some View {
        ViewThatFits {
            HStack {
                Text(word.text(in: language)).foregroundStyle(.secondary)
                Spacer()
                Text(value)
            }
            VStack(alignment: .leading) {
                Text(word.text(in: language)).foregroundStyle(.secondary)
                Text(value)
            }
        }
        .accessibilityElement(children: .combine)
    }
}

/// What was not done, and what helps, above a screen.
struct BannerBar: View {
    let banner: Banner?
    let retry: (@MainActor () -> Void)?

    init(_ banner: Banner?, retry: (@MainActor () -> Void)? = nil) {
        self.banner = banner
        self.retry = retry
    }

    var body: some View {
        if let banner {
            VStack(alignment: .leading, spacing: 8) {
                Label {
                    Say(banner.said)
                } icon: {
                    Image(systemName: symbol(banner.step))
                }
                if let retry, banner.step == .tryAgain || banner.step == .goOnline || banner.step == .reopen {
                    WordButton(.tryAgain, action: retry).buttonStyle(.bordered)
                }
            }
            .frame(maxWidth: .infinity, alignment: .leading)
            .padding(12)
            .background(Color.orange.opacity(0.18), in: RoundedRectangle(cornerRadius: 12))
            .accessibilityElement(children: .combine)
            .accessibilityAddTraits(.isStaticText)
        }
    }

    private func symbol(_ step: Banner.Step) -> String {
        switch step {
        case .goOnline: "wifi.slash"
        case .tryAgain, .reopen: "arrow.clockwise"
        case .enrol: "iphone.slash"
        case .keepJournal, .report: "exclamationmark.octagon"
        case .tell: "info.circle"
        }
    }
}

/// A question that names what agreeing does; declining stands first (R9).
struct Question: View {
    let said: Said
    let agree: Word
    let decline: Word
    let onAgree: @MainActor () -> Void
    let onDecline: @MainActor () -> Void

    var body: some View {
        VStack(spacing: 20) {
            Say(said).font(.title3).accessibilityAddTraits(.isHeader)
            WordButton(decline, action: onDecline).buttonStyle(.borderedProminent)
            WordButton(agree, role: .destructive, action: onAgree).buttonStyle(.bordered)
        }
        .padding(24)
        .presentationDetents([.medium, .large])
        .interactiveDismissDisabled()
    }
}
