import Foundation
import Suima
import SuimaTestSupport

/// What a phone does in a turn; none where there is no such turn.
extension Player {
    func phone(_ phone: Wallet, _ act: String, _ turn: Arguments) async throws -> Answer? {
        switch act {
        case "warn-enrol":
            return Answer(result: said(try phone.enrolWarning()))
        case "enrol":
            try await phone.enrol(activationCode: try turn.text("activation"))
            return Answer()
        case "refresh":
            return refreshed(try await phone.refresh())
        case "hold":
            try await phone.hold(slot: try turn.slot())
            return Answer()
        case "family":
            let people = try phone.family().map { each in
                JSON([
                    "person": person(each.slot), "relation": JSON(word: each.relation),
                    "held": JSON(each.held),
                ])
            }
            return Answer(result: ["people": .array(people)])
        case "paper":
            return paper(try phone.paper(slot: try turn.slot()))
        case "scan-challenge":
            return challenge(try await phone.challenge(scanned: try turn.text("code")))
        case "confirm":
            guard case .challenge(let view) = try kept(turn, "challenge") else {
                throw DidNotWork("no such challenge was kept")
            }
            let confirmed = try await phone.confirm(view: view, agree: try turn.truth("agree"))
            return Answer(result: said(confirmed.said, ["outcome": JSON(word: confirmed.outcome)]))
        default:
            if let answer = try await code(phone, act, turn) {
                return answer
            }
            return try await consent(phone, act, turn)
        }
    }

    private func code(_ phone: Wallet, _ act: String, _ turn: Arguments) async throws -> Answer? {
        switch act {
        case "show-live":
            return live(try phone.showLive(slot: try turn.slot()))
        case "show-nucleic-acid":
            return nucleicAcid(try phone.showNucleicAcid(slot: try turn.slot()))
        case "save-picture":
            return Answer(picture: try phone.savedPicture(slot: try turn.slot()))
        case "check-picture":
            return saved(try phone.checkSaved(text: try turn.text("code")))
        case "warn":
            let warning = try phone.warning(slot: try turn.slot())
            return Answer(
                result: said(warning.said, ["voids": made(warning.voids)]),
                kept: .confirmation(warning.confirm))
        case "regenerate":
            let agreed: Confirmation
            if case .confirmation(let confirmation) = try kept(turn, "agreed") {
                agreed = confirmation
            } else {
                agreed = try phone.warning(slot: try turn.slot()).confirm
            }
            let done = try await phone.regenerate(confirm: agreed)
            let fields = [
                "outcome": JSON(word: done.outcome), "made": made(done.code?.made ?? done.current),
            ]
            return Answer(result: said(done.said, fields), code: done.code?.text)
        default:
            return nil
        }
    }

    private func consent(_ phone: Wallet, _ act: String, _ turn: Arguments) async throws -> Answer? {
        switch act {
        case "ask":
            let expires = try await phone.ask(
                document: try turn.text("document"), name: try turn.text("full-name"))
            return Answer(result: ["expires": JSON(expires)])
        case "asks":
            let asks = try phone.asks().map { ask in
                JSON(
                    said(
                        ask.said,
                        ["by": person(named: ask.by), "at": JSON(ask.at), "expires": JSON(ask.expires)]))
            }
            return Answer(result: ["asks": .array(asks)])
        case "answer":
            let asker = try turn.text("asker")
            guard let ask = try phone.asks().first(where: { $0.by == asker }) else {
                throw DidNotWork("\(asker) does not ask")
            }
            let code = try await phone.answer(ask: ask.id, agree: try turn.truth("agree"))
            return Answer(
                result: ["agreed": JSON(code != nil), "expires": JSON(code?.expires)], code: code?.digits)
        case "redeem":
            return Answer(result: [
                "person": person(try await phone.redeem(code: try turn.text("code")))
            ])
        case "holders":
            let holders = try phone.holders(slot: try turn.slot()).map { each in
                JSON([
                    "holder": person(named: each.name), "since": JSON(each.since),
                    "this-device": JSON(each.thisDevice),
                ])
            }
            return Answer(result: ["holders": .array(holders)])
        case "end-holding":
            return try await endHolding(phone, turn)
        default:
            return nil
        }
    }

    private func endHolding(_ phone: Wallet, _ turn: Arguments) async throws -> Answer {
        let (slot, name) = (try turn.slot(), try turn.text("holder"))
        guard let holder = try phone.holders(slot: slot).first(where: { $0.name == name }) else {
            throw DidNotWork("\(name) does not hold it")
        }
        let question = try phone.endWarning(slot: slot, holding: holder.holding)
        let ended = try await phone.endHolding(slot: slot, holding: holder.holding)
        let offers = ended.offers.map { offer in
            JSON(["kind": JSON(word: offer.kind), "at": JSON(offer.iat), "zh": .string(offer.said.zh)])
        }
        return Answer(
            result: said(ended.said, ["question": .string(question.zh), "offers": .array(offers)]))
    }

    /// With the sentence beside it.
    func said(_ said: Said, _ fields: [String: JSON] = [:]) -> [String: JSON] {
        fields.merging(["zh": .string(said.zh), "en": .string(said.en)]) { $1 }
    }

    private func made(_ made: MadeView?) -> JSON {
        JSON(
            made.map {
                ["at": JSON($0.at), "by": person(named: $0.by), "voided": JSON($0.voided)]
            })
    }

    private func doubt(since: Date?) -> JSON {
        JSON(since.map { ["is": .string("regeneration-pending"), "since": JSON($0)] })
    }

    private func refreshed(_ view: RefreshView) -> Answer {
        let news = view.news.map { each in
            JSON(
                said(
                    each.said,
                    [
                        "person": person(each.slot), "what": JSON(word: each.kind), "at": JSON(each.at),
                        "by": person(named: each.by),
                    ]))
        }
        let resolved = view.resolved.map { each in
            JSON([
                "person": person(each.slot), "outcome": JSON(word: each.outcome), "since": JSON(each.since),
            ])
        }
        return Answer(result: [
            "as-of": JSON(view.asOf), "news": .array(news), "resolved": .array(resolved),
        ])
    }

    private func live(_ view: LiveView) -> Answer {
        let result: [String: JSON] = [
            "relation": JSON(word: view.relation), "name": .string(view.name),
            "masked-name": .string(view.maskedName), "text": .string(view.text),
            "colour": JSON(word: view.colour), "colour-as-of": JSON(view.colourAsOf),
            "colour-counts-until": JSON(view.colourCountsUntil), "counts-until": JSON(view.countsUntil),
            "notices": .array(view.notices.map { .string($0.zh) }),
        ]
        return Answer(result: result, code: view.text)
    }

    private func nucleicAcid(_ view: NucleicAcidView) -> Answer {
        let result: [String: JSON] = [
            "relation": JSON(word: view.relation), "name": .string(view.name), "text": .string(view.text),
            "until": JSON(view.validUntil), "last-day": .string(view.lastDay), "made": made(view.made),
            "doubt": doubt(since: view.inDoubtSince),
            "notices": .array(view.notices.map { .string($0.zh) }),
        ]
        return Answer(result: result, code: view.text)
    }

    private func saved(_ view: SavedView) -> Answer {
        Answer(
            result: said(
                view.said,
                [
                    "is": JSON(word: view.outcome), "person": person(view.slot), "until": JSON(view.until),
                    "from": JSON(view.from), "at": JSON(view.at), "by": person(named: view.by),
                    "doubt": doubt(since: view.inDoubtSince), "reason": JSON(view.reason?.id),
                ]))
    }

    private func paper(_ view: PaperView) -> Answer {
        let current = view.current.map { code in
            [
                "at": JSON(code.iat), "until": JSON(code.validUntil), "serial": JSON(code.serial),
                "by": person(named: code.by), "place": JSON(code.place),
            ]
        }
        let lost = view.reportedLost.map { report in
            ["at": JSON(report.at), "by": person(named: report.by), "place": JSON(report.place)]
        }
        let eligibility =
            if case .group(let number) = view.eligibility {
                "group \(number)"
            } else {
                kebab("\(view.eligibility)")
            }
        return Answer(
            result: said(
                view.said,
                [
                    "current": JSON(current), "ended": JSON(view.ended), "reported-lost": JSON(lost),
                    "eligibility": .string(eligibility),
                ]))
    }

    private func challenge(_ view: ChallengeView) -> Answer {
        let (act, about): (String, NamedSlot?) =
            switch view.act {
            case .logIn: ("log-in", nil)
            case .applyPaper(let person, _): ("apply-paper", person)
            case .printPaper(let person, _): ("print-paper", person)
            case .reportLost(let person, _): ("report-lost", person)
            case .printNucleicAcid: ("print-nucleic-acid", nil)
            case .holdRelative(let person): ("hold-relative", person)
            }
        let fields = [
            "act": .string(act), "person": person(about?.slot), "place": JSON(word: view.place),
            "place-name": .string(view.placeName), "check": .string(view.check),
            "expires": JSON(view.expires), "voids": JSON(view.voids),
        ]
        return Answer(result: said(view.question, fields), kept: .challenge(view))
    }
}
