import Foundation
import Testing

/// What the app says of itself, where nothing here can compile it: each entry is there for something that the code
/// uses, and whatever the code uses is there.
@Suite struct AppFilesTests {
    private static let app = PackageFiles.folder.appending(path: "App/Suima")

    private static func plist(_ name: String) throws -> [String: Any] {
        try PackageFiles.plist("App/Suima/\(name)")
    }

    /// All of the app's Swift.
    private static func code() throws -> String {
        let swift = try PackageFiles.swift(in: "App/Suima")
        try #require(swift.count > 20)
        return swift.values.joined(separator: "\n")
    }

    /// `"key" = "value";` line by line.
    private static func strings(_ name: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for line in try String(contentsOf: app.appending(path: name), encoding: .utf8).split(separator: "\n") {
            let parts = line.components(separatedBy: "\" = \"")
            try #require(parts.count == 2 && parts[0].first == "\"" && parts[1].hasSuffix("\";"), "\(line)")
            found[String(parts[0].dropFirst())] = String(parts[1].dropLast(2))
        }
        return found
    }

    @Test(
        "whatever the system asks the user for is explained in both languages",
        arguments: [
            ("NSCameraUsageDescription", "AVCaptureDevice"),
            ("NSPhotoLibraryAddUsageDescription", "PHPhotoLibrary"),
        ])
    func explained(key: String, use: String) throws {
        #expect(try Self.code().contains(use))
        let fallback = try #require(try Self.plist("Info.plist")[key] as? String)
        #expect(!fallback.isEmpty)
        let zh = try #require(try Self.strings("zh-Hans.lproj/InfoPlist.strings")[key])
        let en = try #require(try Self.strings("en.lproj/InfoPlist.strings")[key])
        #expect(zh.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) })
        #expect(en.allSatisfy(\.isASCII) && !en.isEmpty)
    }

    @Test("nothing is explained that is not used: no location, no contacts, no reading of the album, no tracking")
    func notMore() throws {
        let asked = try Self.plist("Info.plist").keys.filter { $0.hasSuffix("UsageDescription") }
        #expect(Set(asked) == ["NSCameraUsageDescription", "NSPhotoLibraryAddUsageDescription"])
        let code = try Self.code()
        for other in ["CLLocationManager", "CNContactStore", "ATTrackingManager", "PHAsset.fetchAssets"] {
            #expect(!code.contains(other))
        }
    }

    @Test("the task that refreshes in the background is permitted by its name")
    func background() throws {
        let info = try Self.plist("Info.plist")
        let names = try #require(info["BGTaskSchedulerPermittedIdentifiers"] as? [String])
        #expect(try names.count == 1 && Self.code().contains("\"\(names[0])\""))
        #expect(info["UIBackgroundModes"] as? [String] == ["fetch"])
    }

    @Test("the city comes from the configuration, by the names that the code reads")
    func city() throws {
        let info = try Self.plist("Info.plist")
        let code = try Self.code()
        let configured = try String(
            contentsOf: Self.app.deletingLastPathComponent().appending(path: "City.xcconfig"), encoding: .utf8)
        for key in ["SuimaIssuer", "SuimaHotRoot", "SuimaColdRoot"] {
            #expect(code.contains("\"\(key)\""))
            let variable = try #require(info[key] as? String)
            #expect(variable.hasPrefix("$(") && variable.hasSuffix(")"))
            #expect(configured.contains("\n\(variable.dropFirst(2).dropLast()) ="))
        }
    }

    @Test(
        "the privacy manifest names each interface that needs a reason, where it is used",
        arguments: [
            ("UserDefaults", "CA92.1", "UserDefaults.standard"),
            ("SystemBootTime", "35F9.1", "mach_continuous_time"),
        ])
    func reasons(category: String, reason: String, use: String) throws {
        #expect(try Self.code().contains(use))
        #expect(try Self.reasons()["NSPrivacyAccessedAPICategory\(category)"] == [reason])
    }

    @Test("the privacy manifest tracks nobody, and links what it collects to the app's own purpose alone")
    func collected() throws {
        let manifest = try Self.plist("PrivacyInfo.xcprivacy")
        #expect(manifest["NSPrivacyTracking"] as? Bool == false)
        #expect((manifest["NSPrivacyTrackingDomains"] as? [String])?.isEmpty == true)
        let collected = try #require(manifest["NSPrivacyCollectedDataTypes"] as? [[String: Any]])
        #expect(!collected.isEmpty)
        for each in collected {
            #expect(each["NSPrivacyCollectedDataTypeTracking"] as? Bool == false)
            #expect(
                each["NSPrivacyCollectedDataTypePurposes"] as? [String]
                    == ["NSPrivacyCollectedDataTypePurposeAppFunctionality"])
        }
        #expect(try Self.reasons().count == 3, "the third is SQLite's, about its own files")
    }

    @Test("files are readable from the first unlock on, and in no app group")
    func entitlements() throws {
        let entitlements = try Self.plist("Suima.entitlements")
        #expect(
            entitlements["com.apple.developer.default-data-protection"] as? String
                == "NSFileProtectionCompleteUntilFirstUserAuthentication")
        #expect(entitlements.count == 1)
        let code = try Self.code()
        #expect(code.contains("completeUntilFirstUserAuthentication"))
        #expect(code.contains("isExcludedFromBackup = true"))
        #expect(!code.contains("forSecurityApplicationGroupIdentifier"))
        #expect(code.contains("kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly"))
    }

    @Test("both languages have the same words of shortcuts", arguments: ["Localizable", "AppShortcuts"])
    func shortcuts(table: String) throws {
        let zh = try Self.strings("zh-Hans.lproj/\(table).strings")
        let en = try Self.strings("en.lproj/\(table).strings")
        #expect(Set(zh.keys) == Set(en.keys) && !zh.isEmpty)
        let code = try Self.code().replacingOccurrences(of: "\\(.applicationName)", with: "${applicationName}")
        for key in zh.keys {
            #expect(code.contains("\"\(key)\""))
            #expect(zh[key] != en[key])
        }
    }

    private static func reasons() throws -> [String: [String]] {
        let used = try #require(
            try plist("PrivacyInfo.xcprivacy")["NSPrivacyAccessedAPITypes"] as? [[String: Any]])
        let pairs = try used.map { each in
            (
                try #require(each["NSPrivacyAccessedAPIType"] as? String),
                try #require(each["NSPrivacyAccessedAPITypeReasons"] as? [String])
            )
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}
