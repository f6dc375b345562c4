import Foundation
import Suima
import Testing

/// The program of `bindings/README.md`.
@Suite(.timeLimit(.minutes(3))) struct FirstCodeTests {
    @Test("the program in the README is the one compiled here, and short")
    func sameProgram() throws {
        let readme = try String(contentsOfFile: try setting("SUIMA_README"), encoding: .utf8)
        let source = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/FirstCode/main.swift")
        let program = try String(contentsOf: source, encoding: .utf8)
        #expect(readme.contains("```swift\n\(program)```\n"))
        #expect(program.split(separator: "\n", omittingEmptySubsequences: false).count < 60)
    }

    @Test("it enrols, shows a live code and regenerates the nucleic-acid code")
    func run() async throws {
        let city = try City()
        defer { city.close() }
        let hex = { (bytes: Data) in bytes.map { String(format: "%02x", $0) }.joined() }
        let program = Process()
        program.executableURL = URL(fileURLWithPath: try setting("SUIMA_PROGRAMS")).appending(path: "FirstCode")
        program.arguments = [
            city.path("first"), city.address, hex(city.roots.hot), hex(city.roots.cold),
            try city.activation(City.mother),
        ]
        let output = Pipe()
        program.standardOutput = output
        try program.run()
        let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        program.waitUntilExit()
        #expect(program.terminationStatus == 0)
        let lines = said.split(separator: "\n").filter { !$0.hasPrefix("log:") }
        #expect(lines.count == 3, "\(said)")
        #expect(lines.first?.hasPrefix("live: SM1:") == true)
        #expect(lines.last?.hasPrefix("made: SM1:") == true)
    }
}
