import Suima

/// The language of the screen.
public enum Language: String, CaseIterable, Sendable {
    case zh, en

    /// The one that the user's languages ask for: the first that is there, else Chinese.
    public init(preferred: [String]) {
        let known = preferred.lazy.compactMap { name in
            Self.allCases.first { name.lowercased().hasPrefix($0.rawValue) }
        }
        self = known.first ?? .zh
    }

    /// A sentence in it.
    public func text(_ said: Said) -> String {
        switch self {
        case .zh: said.zh
        case .en: said.en
        }
    }
}

/// Where settings are kept: UserDefaults, on a phone. Nothing personal goes there.
@MainActor public protocol SettingsStore {
    func read(_ key: String) -> String?
    func write(_ key: String, _ value: String)
}

/// What the user chose of how the app looks.
public struct SettingsState: Equatable, Sendable {
    public internal(set) var language: Language
    /// Large type, and fewer things.
    public internal(set) var elder: Bool
    /// Whether the app is used by staff, at a station.
    public internal(set) var staff: Bool
}

/// What the user chose of how the app looks, kept over restarts.
@MainActor public final class Settings {
    public private(set) var state: SettingsState {
        didSet {
            if state != oldValue {
                onChange?()
            }
        }
    }

    /// Called after each change of `state`.
    public var onChange: (@MainActor () -> Void)?

    private let store: any SettingsStore

    /// - Parameter preferred: The user's languages, the most wanted first, as `zh-Hans-CN`.
    public init(store: any SettingsStore, preferred: [String]) {
        self.store = store
        state = SettingsState(
            language: store.read("language").flatMap(Language.init) ?? Language(preferred: preferred),
            elder: store.read("elder") == "yes",
            staff: store.read("staff") == "yes"
        )
    }

    public func choose(_ language: Language) {
        store.write("language", language.rawValue)
        state.language = language
    }

    public func setElder(_ elder: Bool) {
        store.write("elder", elder ? "yes" : "no")
        state.elder = elder
    }

    public func setStaff(_ staff: Bool) {
        store.write("staff", staff ? "yes" : "no")
        state.staff = staff
    }
}
