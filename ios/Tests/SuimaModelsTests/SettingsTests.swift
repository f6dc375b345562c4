import Foundation
import Suima
import Testing

@testable import SuimaModels

@MainActor @Suite struct SettingsTests {
    private final class Kept: SettingsStore {
        var values: [String: String] = [:]

        func read(_ key: String) -> String? { values[key] }
        func write(_ key: String, _ value: String) { values[key] = value }
    }

    @Test("the first language that is known is taken, and Chinese where none is")
    func preferred() {
        #expect(Language(preferred: ["zh-Hans-CN", "en-GB"]) == .zh)
        #expect(Language(preferred: ["fr-FR", "en-GB"]) == .en)
        #expect(Language(preferred: ["fr-FR"]) == .zh)
    }

    @Test("what was chosen is told, and kept over a restart")
    func kept() {
        let store = Kept()
        let settings = Settings(store: store, preferred: ["zh-Hans"])
        #expect(settings.state == SettingsState(language: .zh, elder: false, staff: false))
        var told = 0
        settings.onChange = { told += 1 }
        settings.choose(.en)
        settings.choose(.en)
        settings.setElder(true)
        settings.setStaff(true)
        #expect(told == 3)
        let again = Settings(store: store, preferred: ["zh-Hans"])
        #expect(again.state == SettingsState(language: .en, elder: true, staff: true))
    }

    @Test("every word of the shell is there in both languages")
    func words() {
        for word in Word.allCases {
            let said = word.said
            let han = said.zh.unicodeScalars.filter { (0x4e00...0x9fff).contains($0.value) }
            #expect(!han.isEmpty, "\(word)")
            #expect(said.en.allSatisfy(\.isASCII) && !said.en.isEmpty, "\(word)")
            #expect(word.rawValue.filter { $0 == "|" }.count == 1, "\(word)")
        }
    }

    @Test("moments are written as of Shanghai")
    func moments() {
        let moment = Date(timeIntervalSince1970: 1_795_309_207)
        #expect(Moments.minute(moment) == "2026-11-22 09:00")
        #expect(Moments.second(moment) == "09:00:07")
        #expect(Moments.minute(Date(timeIntervalSince1970: 1_795_276_799)) == "2026-11-21 23:59")
    }
}
