import Foundation
import SuimaTestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A run of a scenario.
struct Trial: Decodable, Sendable, CustomTestStringConvertible {
    let number: Int
    let name, network: String

    var testDescription: String { "\(name) (\(network))" }
}

/// What is asked of the player next.
struct Turn: Decodable, Sendable {
    struct Person: Decodable, Sendable {
        let name, fullName: String
        let slot: UInt32

        enum CodingKeys: String, CodingKey {
            case name, slot
            case fullName = "full-name"
        }
    }

    /// The trial is over.
    struct End: Decodable, Sendable {
        let trouble: String?
    }

    let people: [Person]?
    let play: [String: JSON]?
    let end: End?
}

/// What plays the city and compares: a program that all languages share. See "Players" in
/// `tests/scenarios/README.md`.
struct Conductor: Sendable {
    /// One for all trials. It ends with the tests, when its standard input closes.
    static let shared = Result { try Conductor() }

    private let program: Program
    private let address: URL

    init() throws {
        program = try Program(try setting("SUIMA_CONDUCTOR"), [])
        let said = try program.line()
        guard said.hasPrefix("ready "), let address = URL(string: String(said.dropFirst("ready ".count))) else {
            throw DidNotWork("the conductor said: \(said)")
        }
        self.address = address
    }

    func trials() async throws -> [Trial] {
        try await ask("GET", "trials")
    }

    /// Begins a trial: its first turn.
    func begin(_ trial: Trial) async throws -> Turn {
        try await ask("POST", "trials/\(trial.number)")
    }

    /// Hands an answer in: the next turn.
    func answer(_ trial: Trial, _ answer: JSON) async throws -> Turn {
        try await ask("POST", "trials/\(trial.number)/turns", JSONEncoder().encode(answer))
    }

    private func ask<Answer: Decodable>(
        _ method: String, _ path: String, _ body: Data? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: address.appending(path: path))
        request.httpMethod = method
        request.httpBody = body
        let (answer, response) = try await URLSession.shared.data(for: request)
        guard let status = (response as? HTTPURLResponse)?.statusCode, status == 200 else {
            throw DidNotWork("\(method) \(path): \(String(decoding: answer, as: UTF8.self))")
        }
        return try JSONDecoder().decode(Answer.self, from: answer)
    }
}
