import Foundation

/// Where the databases are: a folder of this app alone, in no app group (a file lock held there while the app is
/// suspended ends the app), readable from the first unlock on, and in no backup, whose keys would be missing.
enum AppFolder {
    static func file(_ name: String) throws -> URL {
        try folder().appendingPathComponent(name, isDirectory: false)
    }

    /// Whether the app has kept anything here. Throws where that cannot be told.
    static func isUsed() throws -> Bool {
        try !FileManager.default.contentsOfDirectory(atPath: folder().path).isEmpty
    }

    private static func folder() throws -> URL {
        let files = FileManager.default
        var folder = try files.url(
            for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true
        )
        .appendingPathComponent("Suima", isDirectory: true)
        let protection = [FileAttributeKey.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication]
        try files.createDirectory(at: folder, withIntermediateDirectories: true, attributes: protection)
        // A folder that was there before keeps what it had.
        try files.setAttributes(protection, ofItemAtPath: folder.path)
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try folder.setResourceValues(values)
        return folder
    }
}
