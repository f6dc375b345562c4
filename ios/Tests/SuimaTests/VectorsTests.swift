import Foundation
import Suima
import SuimaTestSupport
import Testing

/// Every vector of `tests/vectors`, unchanged, through the shared library.
@Suite struct VectorsTests {
    @Test("every vector of this file", arguments: try files())
    func vectors(file: URL) throws {
        let vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
        #expect(!vectors.cases.isEmpty)
        let worlds = try vectors.worlds.mapValues { try $0.verifier() }
        for each in vectors.cases {
            let world = try #require(worlds[each.world])
            let answered = try answer(world, each)
            #expect(answered == each.expect, "\(file.lastPathComponent): \(each.name)")
        }
    }

    static func files() throws -> [URL] {
        let folder = URL(fileURLWithPath: try setting("SUIMA_VECTORS"))
        let all = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let files = all.filter { $0.pathExtension == "json" }
        guard !files.isEmpty else {
            throw DidNotWork("no vectors in \(folder.path)")
        }
        return files.sorted { $0.path < $1.path }
    }

    private func answer(_ world: Verifier, _ each: Case) throws -> JSON {
        do {
            switch each.object {
            case "code":
                return verdict(
                    try world.verify(
                        text: try #require(each.text), place: try each.shownAt(), now: try each.time()))
            case "trust":
                return version(try world.checkTrust(bytes: try each.document()))
            case "policy":
                return version(try world.checkPolicy(bytes: try each.document(), now: try each.time()))
            case "head":
                let nonce = try bytes(each.nonce)
                let head = try world.checkHead(bytes: try each.document(), nonce: nonce, now: try each.time())
                return accepted([
                    "iat": time(head.iat),
                    "sequences": .array(head.sequences.map { JSON($0) }),
                ])
            case "revocations":
                let list = try world.checkRevocations(bytes: try each.document(), now: try each.time())
                return accepted([
                    "kind": JSON(list.kind),
                    "sequence": JSON(list.sequence),
                    "base": JSON(list.base),
                    "lines": .array(list.lines.map(line)),
                ])
            default:
                throw DidNotWork("no such object: \(each.object)")
            }
        } catch VerifierError.Refused(let reason) {
            return refusal(reason)
        }
    }

    private func verdict(_ verdict: VerdictView) -> JSON {
        if let reason = verdict.reason {
            return refusal(reason)
        }
        var cautions: [JSON] = []
        if verdict.validityNotChecked { cautions.append(.string("validity-not-checked")) }
        if verdict.compareIdCard { cautions.append(.string("compare-id-card")) }
        var values: [String: JSON] = ["cautions": .array(cautions)]
        values["shown"] = verdict.shown.map { JSON(word: $0) }
        values["slot"] = verdict.slot.map { JSON($0) }
        values["knowledge_age"] = verdict.knowledgeAge.map { JSON($0) }
        return accepted(values)
    }

    private func refusal(_ reason: ReasonView) -> JSON {
        #expect(!reason.sentenceZh.isEmpty && !reason.sentenceEn.isEmpty)
        var values: [String: JSON] = ["verdict": .string("refused"), "reason": .string(reason.id)]
        values["at"] = reason.at.map(time)
        values["from"] = reason.from.map(time)
        values["by"] = reason.by.map { JSON($0) }
        values["kid"] = reason.kid.map(JSON.string)
        values["trust"] = reason.trust.map(time)
        values["place"] = reason.place.map { JSON(word: $0) }
        return .object(values)
    }

    private func line(_ line: RevocationLine) -> JSON {
        .array([JSON(line.number), time(line.before), JSON(line.cause)])
    }

    private func version(_ version: UInt32) -> JSON {
        accepted(["version": JSON(version)])
    }

    private func accepted(_ values: [String: JSON]) -> JSON {
        .object(values.merging(["verdict": .string("accepted")]) { _, verdict in verdict })
    }

    private func time(_ date: Date) -> JSON {
        JSON(Int64(date.timeIntervalSince1970))
    }
}

/// A file of vectors.
private struct Vectors: Decodable {
    let worlds: [String: World]
    let cases: [Case]
}

/// What a verifier pins and holds.
private struct World: Decodable {
    struct Line: Decodable {
        let kind: UInt8
        let number: UInt32
        let before: TimeInterval
        let cause: UInt8
    }

    let hot, cold, trust, policy: String
    let lines: [Line]
    let asOf: TimeInterval?

    enum CodingKeys: String, CodingKey {
        case hot, cold, trust, policy, lines
        case asOf = "as_of"
    }

    func verifier() throws -> Verifier {
        try Verifier(
            roots: Roots(hot: try bytes(hot), cold: try bytes(cold)),
            trust: try bytes(trust),
            policy: try bytes(policy),
            lines: lines.map {
                RevocationLine(
                    kind: $0.kind, number: $0.number, before: Date(timeIntervalSince1970: $0.before),
                    cause: $0.cause)
            },
            asOf: asOf.map(Date.init(timeIntervalSince1970:)),
            // Some worlds are about a trust bundle that has expired: what a verifier knows it learned before.
            now: Date(timeIntervalSince1970: 0)
        )
    }
}

/// A case, shown in a world.
private struct Case: Decodable {
    let name, world, object: String
    let text, place, hex, nonce: String?
    let now: TimeInterval?
    let expect: JSON

    func document() throws -> Data {
        try bytes(hex)
    }

    func shownAt() throws -> Place {
        try #require(place.flatMap(Place.init(word:)))
    }

    func time() throws -> Date {
        Date(timeIntervalSince1970: try #require(now))
    }
}

private func bytes(_ hex: String?) throws -> Data {
    let digits = try #require(hex)
    return try #require(Data(hex: digits))
}
