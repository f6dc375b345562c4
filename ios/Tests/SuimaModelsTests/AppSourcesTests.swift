import Foundation
import Testing

/// What stands where, and what must not.
@Suite struct AppSourcesTests {
    @Test("the models stand on Foundation and the core alone, so that old phones and Linux run them")
    func imports() throws {
        for (name, text) in try PackageFiles.swift(in: "Sources/SuimaModels") {
            let imports = text.split(separator: "\n").filter { $0.contains("import ") && !$0.hasPrefix("//") }
            for line in imports where line.hasPrefix("import") || line.hasPrefix("@") {
                #expect(["import Foundation", "import Dispatch", "import Suima"].contains(line), "\(name)")
            }
        }
    }

    @Test("the app's screens say nothing of their own: sentences come from the core, labels from the models")
    func words() throws {
        for (name, text) in try PackageFiles.swift(in: "App") {
            #expect(!text.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) }, "\(name)")
        }
        let models = try PackageFiles.swift(in: "Sources/SuimaModels").filter { $0.key != "Words.swift" }
        for (name, text) in models {
            #expect(!text.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) }, "\(name)")
        }
    }

    @Test("the project reads as one: whatever it names is in it or beside it")
    func project() throws {
        let app = PackageFiles.folder.appending(path: "App")
        let project = try PackageFiles.plist("App/Suima.xcodeproj/project.pbxproj")
        let objects = try #require(project["objects"] as? [String: [String: Any]])
        let root = try #require(project["rootObject"] as? String)
        #expect(objects[root]?["isa"] as? String == "PBXProject")

        func isId(_ text: String) -> Bool {
            text.count == 24 && text.hasPrefix("5355") && text.allSatisfy(\.isHexDigit)
        }
        func named(_ value: Any) -> [String] {
            switch value {
            case let text as String: isId(text) ? [text] : []
            case let list as [Any]: list.flatMap(named)
            case let table as [String: Any]: table.values.flatMap(named)
            default: []
            }
        }
        #expect(objects.keys.allSatisfy(isId))
        let all = Set(objects.values.flatMap(named)).union([root])
        #expect(all == Set(objects.keys), "nothing dangles, nothing is left over")

        let settings = objects.values.compactMap { $0["buildSettings"] as? [String: Any] }
        #expect(settings.count == 4)
        #expect(Set(settings.compactMap { $0["IPHONEOS_DEPLOYMENT_TARGET"] as? String }) == ["16.0"])
        #expect(Set(settings.compactMap { $0["SWIFT_VERSION"] as? String }) == ["6.0"])
        let paths = settings.flatMap { [$0["INFOPLIST_FILE"], $0["CODE_SIGN_ENTITLEMENTS"]] }
        let files = paths.compactMap { $0 as? String } + ["City.xcconfig", "Suima", "../Package.swift"]
        for file in Set(files) {
            #expect(FileManager.default.fileExists(atPath: app.appending(path: file).path), "\(file)")
        }
    }
}
