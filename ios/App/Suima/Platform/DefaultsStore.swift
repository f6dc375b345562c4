import Foundation
import SuimaModels

/// Settings in the defaults of the app.
struct DefaultsStore: SettingsStore {
    func read(_ key: String) -> String? {
        UserDefaults.standard.string(forKey: key)
    }

    func write(_ key: String, _ value: String) {
        UserDefaults.standard.set(value, forKey: key)
    }
}
