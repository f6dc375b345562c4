import Foundation
import Testing

/// What this package is written in, for tests of what stands where.
enum PackageFiles {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The text of each Swift file in a folder, by the file's name.
    static func swift(in path: String) throws -> [String: String] {
        let files = FileManager.default.enumerator(
            at: folder.appending(path: path), includingPropertiesForKeys: nil)
        let swift = (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
        try #require(!swift.isEmpty)
        let texts = try swift.map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
        return Dictionary(uniqueKeysWithValues: texts)
    }

    static func plist(_ path: String) throws -> [String: Any] {
        let bytes = try Data(contentsOf: folder.appending(path: path))
        let read = try PropertyListSerialization.propertyList(from: bytes, format: nil)
        return try #require(read as? [String: Any])
    }
}
