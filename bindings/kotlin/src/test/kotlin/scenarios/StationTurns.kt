package scenarios

import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import suima.CautionView
import suima.DoorView
import suima.Finding
import suima.Place
import suima.ReasonView
import suima.RegistrationOutcome
import suima.RegistrationView
import suima.ScanView
import suima.ShownView
import suima.Station

/** The turns of a station. */
class StationTurns(private val station: Station) {
    suspend fun play(turn: JsonObject): Came = Came(when (val act = turn.text("do")) {
        "sync" -> sync()
        "scan" -> scan(placeOf(turn.text("place")), turn.text("code"))
        "paper-check" -> door(station.checkPaper(turn.text("code"), turn.text("document"), turn.text("full-name")))
        "id-card" -> idCard(placeOf(turn.text("place")), turn.text("document"), turn.text("full-name"))
        "open-session" -> nothingElse { station.openSession(turn.text("site"), turn.text("staff")) }
        "open-tube" -> nothingElse {
            station.openTube(turn.text("barcode"), turn.getValue("capacity").jsonPrimitive.int.toUByte())
        }
        "register" -> registration(station.register(turn.text("code")))
        "upload" -> upload()
        else -> error("no station does $act")
    })

    private inline fun nothingElse(act: () -> Unit): JsonObject {
        act()
        return JsonObject(emptyMap())
    }

    private suspend fun sync() = station.sync().let { synced ->
        buildJsonObject {
            put("current", synced.current)
            put("as-of", synced.asOf)
        }
    }

    private suspend fun upload() = station.upload().let { uploaded ->
        buildJsonObject {
            put("acknowledged", uploaded.acknowledged.toLong())
            put("conflicts", uploaded.conflicts.size)
            put("waiting", uploaded.waiting.toLong())
        }
    }

    private fun scan(place: Place, code: String) = when (place) {
        Place.SAMPLING -> scan(station.check(code, place))
        Place.GATE -> door(station.gate(code))
        Place.MANUAL_CHECK -> door(station.checkAtDoor(code))
    }

    private suspend fun idCard(place: Place, document: String, name: String) = when (place) {
        Place.SAMPLING -> registration(station.registerIdCard(document, name, false))
        Place.GATE -> door(station.gateIdCard(document))
        Place.MANUAL_CHECK -> door(station.checkIdCard(document))
    }

    private fun scan(view: ScanView) = buildJsonObject {
        val reason = view.reason
        if (reason == null) {
            put("verdict", "accepted")
            cautions(view.cautions)
        } else {
            refused(reason)
        }
        put("signal", view.signal.word)
        put("shown", shown(view.shown))
    }

    private fun door(view: DoorView) = buildJsonObject {
        when (val finding = view.finding) {
            Finding.Accepted -> put("verdict", "accepted")
            is Finding.Refused -> refused(finding.reason)
            Finding.NeedsIdCard -> put("verdict", "needs-id-card")
            is Finding.Match -> {
                put("verdict", "match")
                put("as-of", finding.asOf)
            }
            Finding.NoMatch -> put("verdict", "no-match")
            is Finding.StatusUnknown -> {
                put("verdict", "status-unknown")
                put("name-agrees", finding.nameAgrees)
                put("year-agrees", finding.yearAgrees)
            }
        }
        put("signal", view.signal.word)
        put("colour", view.colour?.word)
        put(view.said)
        cautions(view.cautions)
        put("shown", shown(view.shown))
    }

    private fun registration(view: RegistrationView) = buildJsonObject {
        when (view.outcome) {
            RegistrationOutcome.REGISTERED -> {
                val person = checkNotNull(view.person)
                put("verdict", "registered")
                put("presented", person.presented?.word)
                put("masked-name", person.name)
                put("birth-year", person.birthYear?.toInt())
                put("colour", view.shown?.colour?.word)
                put("seat", view.seat?.toInt())
                put("taken", view.taken?.toInt())
                put("checked", view.validityChecked)
                cautions(view.cautions)
            }
            RegistrationOutcome.REFUSED -> refused(checkNotNull(view.reason))
            RegistrationOutcome.MAYBE_TWICE, RegistrationOutcome.ALREADY_IN_TUBE -> {
                put("verdict", view.outcome.word)
                put("seat", view.seat?.toInt())
            }
            RegistrationOutcome.NO_TUBE, RegistrationOutcome.TUBE_FULL, RegistrationOutcome.TUBE_SEALED ->
                put("verdict", view.outcome.word)
        }
        put("signal", view.signal.word)
        put(view.said)
    }

    private fun JsonObjectBuilder.cautions(cautions: List<CautionView>) {
        put("cautions", texts(cautions.map { it.kind.word }))
    }

    private fun JsonObjectBuilder.refused(reason: ReasonView) {
        put("verdict", "refused")
        put("reason", reason.id)
        put("at", reason.at)
        put("from", reason.from)
        put("trust", reason.trust)
        put("by", reason.by?.toLong())
        put("kid", reason.kid?.toInt(radix = 16))
        put("place", reason.place?.word)
        put("zh", reason.sentenceZh)
        put("en", reason.sentenceEn)
    }

    private fun shown(shown: ShownView?) = shown?.let {
        buildJsonObject {
            put("presented", shown.presented.word)
            put("masked-name", shown.name)
            put("birth-year", shown.birthYear?.toInt())
            put("colour", shown.colour?.word)
            put("issued-at", shown.issuedAt)
            put("until", shown.until)
        }
    } ?: JsonNull
}
