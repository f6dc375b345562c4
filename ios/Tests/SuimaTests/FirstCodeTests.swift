import Foundation
import Suima
import SuimaTestSupport
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
        let program = try Program(
            try setting("SUIMA_PROGRAMS") + "/FirstCode",
            [
                city.path("first"), city.address, city.roots.hot.hex, city.roots.cold.hex,
                try city.activation(City.mother),
            ])
        let said = try program.output()
        let lines = said.split(separator: "\n").filter { !$0.hasPrefix("log:") }
        #expect(lines.count == 3, "\(said)")
        #expect(lines.first?.hasPrefix("live: SM1:") == true)
        #expect(lines.last?.hasPrefix("made: SM1:") == true)
    }
}
