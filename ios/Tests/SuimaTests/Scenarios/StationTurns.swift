import Foundation
import Suima
import SuimaTestSupport

/// What a station does in a turn; none where there is no such turn.
extension Player {
    func station(_ station: Station, _ act: String, _ turn: Arguments) async throws -> Answer? {
        switch act {
        case "sync":
            let synced = try await station.sync()
            return Answer(result: ["current": JSON(synced.current), "as-of": JSON(synced.asOf)])
        case "scan":
            let code = try turn.text("code")
            return switch try turn.place() {
            case .sampling: Answer(result: scan(try station.check(text: code, place: .sampling)))
            case .gate: Answer(result: door(try station.gate(text: code)))
            case .manualCheck: Answer(result: door(try station.checkAtDoor(text: code)))
            }
        case "paper-check":
            let view = try await station.checkPaper(
                text: try turn.text("code"), idNumber: try turn.text("document"),
                name: try turn.text("full-name"))
            return Answer(result: door(view))
        case "id-card":
            let document = try turn.text("document")
            return switch try turn.place() {
            case .sampling:
                Answer(
                    result: registration(
                        try station.registerIdCard(
                            idNumber: document, name: try turn.text("full-name"), confirmed: false)))
            case .gate: Answer(result: door(try await station.gateIdCard(idNumber: document)))
            case .manualCheck: Answer(result: door(try await station.checkIdCard(idNumber: document)))
            }
        case "open-session":
            _ = try station.openSession(site: try turn.text("site"), staff: try turn.text("staff"))
            return Answer()
        case "open-tube":
            _ = try station.openTube(
                barcode: try turn.text("barcode"), capacity: UInt8(try turn.number("capacity")))
            return Answer()
        case "register":
            return Answer(result: registration(try station.register(text: try turn.text("code"))))
        case "upload":
            let done = try await station.upload()
            return Answer(result: [
                "acknowledged": JSON(done.acknowledged), "conflicts": JSON(done.conflicts.count),
                "waiting": JSON(done.waiting),
            ])
        default:
            return nil
        }
    }

    private func scan(_ view: ScanView) -> [String: JSON] {
        var result = ["signal": JSON(word: view.signal), "shown": shown(view.shown)]
        if let reason = view.reason {
            result.merge(refusal(reason)) { $1 }
            result.merge(["zh": .string(reason.sentenceZh), "en": .string(reason.sentenceEn)]) { $1 }
        } else {
            result["verdict"] = "accepted"
            result["cautions"] = cautions(view.cautions)
        }
        return result
    }

    private func door(_ view: DoorView) -> [String: JSON] {
        let fields = [
            "signal": JSON(word: view.signal), "colour": JSON(word: view.colour),
            "cautions": cautions(view.cautions), "shown": shown(view.shown),
        ]
        let found: [String: JSON] =
            switch view.finding {
            case .accepted: ["verdict": "accepted"]
            case .refused(let reason): refusal(reason)
            case .needsIdCard: ["verdict": "needs-id-card"]
            case .match(_, let asOf, _): ["verdict": "match", "as-of": JSON(asOf)]
            case .noMatch: ["verdict": "no-match"]
            case .statusUnknown(let nameAgrees, let yearAgrees):
                [
                    "verdict": "status-unknown", "name-agrees": JSON(nameAgrees),
                    "year-agrees": JSON(yearAgrees),
                ]
            }
        return said(view.said, fields).merging(found) { $1 }
    }

    private func registration(_ view: RegistrationView) -> [String: JSON] {
        var result = said(
            view.said, ["signal": JSON(word: view.signal), "verdict": JSON(word: view.outcome)])
        switch view.outcome {
        case .registered:
            result.merge(
                [
                    "presented": JSON(word: view.person?.presented),
                    "masked-name": JSON(view.person?.name), "birth-year": JSON(view.person?.birthYear),
                    "colour": JSON(word: view.shown?.colour), "seat": JSON(view.seat),
                    "taken": JSON(view.taken), "checked": JSON(view.validityChecked),
                    "cautions": cautions(view.cautions),
                ]
            ) { $1 }
        case .refused:
            result.merge(view.reason.map(refusal) ?? [:]) { $1 }
        case .maybeTwice, .alreadyInTube:
            result["seat"] = JSON(view.seat)
        case .noTube, .tubeFull, .tubeSealed:
            break
        }
        return result
    }

    /// A reason with the values that it has.
    private func refusal(_ reason: ReasonView) -> [String: JSON] {
        [
            "verdict": "refused", "reason": .string(reason.id), "at": JSON(reason.at),
            "from": JSON(reason.from), "by": JSON(reason.by), "trust": JSON(reason.trust),
            "kid": JSON(reason.kid.flatMap { UInt8($0, radix: 16) }), "place": JSON(word: reason.place),
        ]
    }

    private func cautions(_ cautions: [CautionView]) -> JSON {
        .array(cautions.map { JSON(word: $0.kind) })
    }

    private func shown(_ view: ShownView?) -> JSON {
        JSON(
            view.map {
                [
                    "presented": JSON(word: $0.presented), "masked-name": JSON($0.name),
                    "birth-year": JSON($0.birthYear), "colour": JSON(word: $0.colour),
                    "issued-at": JSON($0.issuedAt), "until": JSON($0.until),
                ]
            })
    }
}
