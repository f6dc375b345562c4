import Foundation
import Suima

/// A real issuer, as its own process, with one family in its register.
package final class City: @unchecked Sendable {
    package static let mother = idNumber(region: "310101", birth: "19850307", order: "002")
    package static let father = idNumber(region: "310101", birth: "19841120", order: "001")
    /// Of about six, whenever this runs.
    package static let childBirth =
        "\(Calendar(identifier: .gregorian).component(.year, from: Date()) - 6)-05-06"
    package static let child = idNumber(
        region: "310101", birth: childBirth.replacingOccurrences(of: "-", with: ""), order: "004")

    package let roots: Roots
    package let address: String
    private let folder: URL
    private let process: Program

    package init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "suima-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let said = try City.operate(folder, ["init"])
        roots = Roots(hot: try City.root(said, "hot"), cold: try City.root(said, "cold"))
        let register = folder.appending(path: "register.csv")
        let kinship = folder.appending(path: "kinship.csv")
        try """
        id_number,name,birth_date
        \(City.mother),王小明,1985-03-07
        \(City.father),𠅤大山,1984-11-20
        \(City.child),王朵朵,\(City.childBirth)

        """.write(to: register, atomically: false, encoding: .utf8)
        try """
        guardian_id_number,child_id_number,relation
        \(City.mother),\(City.child),parent
        \(City.father),\(City.child),parent

        """.write(to: kinship, atomically: false, encoding: .utf8)
        _ = try City.operate(folder, ["import", register.path, "--kinship", kinship.path])

        process = try City.start(folder, ["serve", "--listen", "127.0.0.1:0"])
        let text = try process.line()
        address = text.replacingOccurrences(of: "listening on ", with: "")
    }

    deinit {
        close()
        try? FileManager.default.removeItem(at: folder)
    }

    package func activation(_ idNumber: String) throws -> String {
        try City.operate(folder, ["activation", idNumber])
    }

    package func stationActivation(_ name: String) throws -> String {
        try City.operate(folder, ["station", name])
    }

    package func terminalActivation(_ name: String) throws -> String {
        try City.operate(folder, ["terminal", name])
    }

    /// Where the file of this name is.
    package func path(_ name: String) -> String {
        folder.appending(path: "\(name).sqlite").path
    }

    /// What a device in this city is opened with; each name has a file of its own.
    package func config(_ name: String, at address: String? = nil) -> Config {
        Config(
            path: path(name), issuerUrl: address ?? self.address, pinnedCertificates: [], roots: roots)
    }

    /// Ends the issuer, and with it the network of everybody. Called at the end of every test, which keeps the city
    /// until then; its folder goes with it.
    package func close() {
        process.kill()
    }

    private static func operate(_ folder: URL, _ arguments: [String]) throws -> String {
        try start(folder, arguments).output().trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func start(_ folder: URL, _ arguments: [String]) throws -> Program {
        try Program(try setting("SUIMA_ISSUER"), ["--data", folder.path] + arguments)
    }

    private static func root(_ said: String, _ name: String) throws -> Data {
        guard
            let line = said.split(separator: "\n").first(where: { $0.hasPrefix("\(name) ") }),
            let start = line.range(of: "root: "),
            let bytes = Data(hex: line[start.upperBound...])
        else {
            throw DidNotWork("no \(name) root in: \(said)")
        }
        return bytes
    }

    /// With the check digit of GB 11643.
    private static func idNumber(region: String, birth: String, order: String) -> String {
        let digits = region + birth + order
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0.wholeNumberValue! * $1.1 }
        return digits + String(Array("10X98765432")[sum % 11])
    }
}
