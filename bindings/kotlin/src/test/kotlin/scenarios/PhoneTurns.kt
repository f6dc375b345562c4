package scenarios

import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import suima.AskedAct
import suima.ChallengeView
import suima.Confirmation
import suima.Eligibility
import suima.PaperView
import suima.Said
import suima.Wallet

/** The turns of a phone. */
class PhoneTurns(private val phone: Wallet, private val people: People, private val kept: MutableList<Any>) {
    suspend fun play(turn: JsonObject): Came = when (val act = turn.text("do")) {
        "warn-enrol" -> Came(written { put(phone.enrolWarning()) })
        "refresh" -> refresh()
        "hold" -> {
            phone.hold(turn.slot)
            Came()
        }
        "family" -> family()
        "show-live" -> showLive(turn.slot)
        "show-nucleic-acid" -> showNucleicAcid(turn.slot)
        "save-picture" -> Came(picture = phone.savedPicture(turn.slot).toHexString())
        "check-picture" -> checkPicture(turn.text("code"))
        "warn" -> warn(turn.slot)
        "regenerate" -> regenerate(turn)
        "paper" -> Came(paper(phone.paper(turn.slot)))
        "ask" -> Came(written { put("expires", phone.ask(turn.text("document"), turn.text("full-name"))) })
        "asks" -> asks()
        "answer" -> answer(turn)
        "redeem" -> Came(written { put("person", people.of(phone.redeem(turn.text("code")))) })
        "holders" -> holders(turn.slot)
        "end-holding" -> endHolding(turn.slot, turn.text("holder"))
        "scan-challenge" -> scanChallenge(turn.text("code"))
        "confirm" -> confirm(turn)
        else -> error("no phone does $act")
    }

    private inline fun written(write: JsonObjectBuilder.() -> Unit) = buildJsonObject(write)

    private fun notices(all: List<Said>) = texts(all.map { it.zh })

    private suspend fun refresh(): Came {
        val refreshed = phone.refresh()
        val news = objects(refreshed.news) { one ->
            put("person", people.of(one.slot))
            put("what", one.kind.word)
            put("at", one.at)
            put("by", one.by?.let(people::named))
            put(one.said)
        }
        val resolved = objects(refreshed.resolved) { one ->
            put("person", people.of(one.slot))
            put("outcome", one.outcome.word)
            put("since", one.since)
        }
        return Came(written {
            put("as-of", refreshed.asOf)
            put("news", news)
            put("resolved", resolved)
        })
    }

    private fun family(): Came {
        val family = objects(phone.family()) { person ->
            put("person", people.of(person.slot))
            put("relation", person.relation.word)
            put("held", person.held)
        }
        return Came(written { put("people", family) })
    }

    private fun showLive(slot: UInt): Came {
        val live = phone.showLive(slot)
        val result = written {
            put("relation", live.relation.word)
            put("name", live.name)
            put("masked-name", live.maskedName)
            put("text", live.text)
            put("colour", live.colour.word)
            put("colour-as-of", live.colourAsOf)
            put("colour-counts-until", live.colourCountsUntil)
            put("counts-until", live.countsUntil)
            put("notices", notices(live.notices))
        }
        return Came(result, live.text)
    }

    private fun showNucleicAcid(slot: UInt): Came {
        val code = phone.showNucleicAcid(slot)
        val result = written {
            put("relation", code.relation.word)
            put("name", code.name)
            put("text", code.text)
            put("until", code.validUntil)
            put("last-day", code.lastDay)
            put("made", made(people, code.made))
            put("doubt", doubt(code.inDoubtSince))
            put("notices", notices(code.notices))
        }
        return Came(result, code.text)
    }

    private fun checkPicture(text: String): Came {
        val saved = phone.checkSaved(text)
        return Came(written {
            put("is", saved.outcome.word)
            put("person", saved.slot?.let(people::of))
            put("until", saved.until)
            put("from", saved.from)
            put("at", saved.at)
            put("by", saved.by?.let(people::named))
            put("doubt", doubt(saved.inDoubtSince))
            put("reason", saved.reason?.id)
            put(saved.said)
        })
    }

    private fun warn(slot: UInt): Came {
        val warning = phone.warning(slot)
        val result = written {
            put("voids", made(people, warning.voids))
            put(warning.said)
        }
        return Came(result, kept = kept.keep(warning.confirm))
    }

    private suspend fun regenerate(turn: JsonObject): Came {
        val agreed = turn["agreed"]?.takeIf { it != JsonNull }?.let { kept[it.jsonPrimitive.int] as Confirmation }
        val outcome = phone.regenerate(agreed ?: phone.warning(turn.slot).confirm)
        val result = written {
            put("outcome", outcome.outcome.word)
            put("made", made(people, outcome.code?.made ?: outcome.current))
            put(outcome.said)
        }
        return Came(result, outcome.code?.text)
    }

    private fun paper(paper: PaperView) = written {
        val current = paper.current?.let { code ->
            written {
                put("at", code.iat)
                put("until", code.validUntil)
                put("serial", code.serial)
                put("by", people.named(code.by))
                put("place", code.place)
            }
        }
        val lost = paper.reportedLost?.let { report ->
            written {
                put("at", report.at)
                put("by", people.named(report.by))
                put("place", report.place)
            }
        }
        put("current", current ?: JsonNull)
        put("ended", paper.ended)
        put("reported-lost", lost ?: JsonNull)
        put("eligibility", when (val why = paper.eligibility) {
            Eligibility.Minor -> "minor"
            Eligibility.Senior -> "senior"
            Eligibility.Disability -> "disability"
            is Eligibility.Group -> "group ${why.number}"
            Eligibility.NotEligible -> "not-eligible"
        })
        put(paper.said)
    }

    private fun asks(): Came {
        val asks = objects(phone.asks()) { ask ->
            put("by", people.named(ask.by))
            put("at", ask.at)
            put("expires", ask.expires)
            put(ask.said)
        }
        return Came(written { put("asks", asks) })
    }

    private suspend fun answer(turn: JsonObject): Came {
        val ask = phone.asks().first { it.by == turn.text("asker") }
        val code = phone.answer(ask.id, turn.isTrue("agree"))
        val result = written {
            put("agreed", code != null)
            put("expires", code?.expires)
        }
        return Came(result, code?.digits)
    }

    private fun holders(slot: UInt): Came {
        val holders = objects(phone.holders(slot)) { holder ->
            put("holder", people.named(holder.name))
            put("since", holder.since)
            put("this-device", holder.thisDevice)
        }
        return Came(written { put("holders", holders) })
    }

    private suspend fun endHolding(slot: UInt, holder: String): Came {
        val holding = phone.holders(slot).first { it.name == holder }.holding
        val question = phone.endWarning(slot, holding)
        val ended = phone.endHolding(slot, holding)
        val offers = objects(ended.offers) { offer ->
            put("kind", offer.kind.word)
            put("at", offer.iat)
            put("zh", offer.said.zh)
        }
        return Came(written {
            put("question", question.zh)
            put(ended.said)
            put("offers", offers)
        })
    }

    private suspend fun scanChallenge(code: String): Came {
        val asked = phone.challenge(code)
        val (act, person) = when (val act = asked.act) {
            AskedAct.LogIn -> "log-in" to null
            is AskedAct.ApplyPaper -> "apply-paper" to act.person
            is AskedAct.PrintPaper -> "print-paper" to act.person
            is AskedAct.ReportLost -> "report-lost" to act.person
            is AskedAct.PrintNucleicAcid -> "print-nucleic-acid" to null
            is AskedAct.HoldRelative -> "hold-relative" to act.person
        }
        val result = written {
            put("act", act)
            put("person", person?.let { people.of(it.slot) })
            put("place", asked.place.word)
            put("place-name", asked.placeName)
            put("check", asked.check)
            put("expires", asked.expires)
            put("voids", asked.voids)
            put(asked.question)
        }
        return Came(result, kept = kept.keep(asked))
    }

    private suspend fun confirm(turn: JsonObject): Came {
        val asked = kept[turn.getValue("challenge").jsonPrimitive.int] as ChallengeView
        val confirmed = phone.confirm(asked, turn.isTrue("agree"))
        return Came(written {
            put("outcome", JsonPrimitive(confirmed.outcome.word))
            put(confirmed.said)
        })
    }
}
