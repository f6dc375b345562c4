package app.suima.app.model

import suima.CoreException
import suima.RegistrationOutcome
import suima.RegistrationView
import suima.Scanned
import suima.Signal
import suima.cancellable
import suima.toldApart

/** A sampling site: session, tube, people. Works with no network; whoever is shown in a tube is on the disk. */
class SamplingModel(private val life: StationLife, private val signals: Signals, uptime: Uptime) :
    Model<SamplingState>(SamplingState(), life.work), SamplingActions {
    private val station = life.station
    private val scanning = Scanning(uptime)
    private var told: Banner? = null

    init {
        act { life.keepReading { telling(::tell, ::read) } }
        act { life.state.collect { publish { it } } }
    }

    override fun openSession(site: String, staff: String) = does { station.openSession(site, staff) }

    override fun handOver(staff: String) = does { station.handOver(staff) }

    override fun openTube(barcode: String, capacity: UByte, beside: Boolean) = does {
        if (beside) station.openTubeBeside(barcode, capacity) else station.openTube(barcode, capacity)
        publish { it.copy(barcode = null, verdict = null) }
    }

    override fun select(barcode: String) = does {
        station.selectTube(barcode)
        publish { it.copy(verdict = null) }
    }

    override fun scan(text: String) {
        act { scanning.scan(text, ::take) }
    }

    override fun typed(characters: String) {
        act { scanning.typed(characters, ::take) }
    }

    override fun idCard(idNumber: String, name: String) = registers {
        val registration = station.registerIdCard(idNumber, name, confirmed = false)
        publish { it.copy(card = null) }
        if (registration.outcome == RegistrationOutcome.MAYBE_TWICE) {
            val seat = station.tube()?.seats?.firstOrNull { it.seat == registration.seat }
            publish { it.copy(question = MaybeTwiceQuestion(idNumber, name, registration.said, seat)) }
        }
        registration
    }

    override fun byHand(name: String, document: String?, contact: String) = registers {
        station.registerByHand(name, document, contact)
    }

    override fun differentPeople() {
        act {
            val question = state.value.question ?: return@act
            publish { it.copy(question = null) }
            register { station.registerIdCard(question.idNumber, question.name, confirmed = true) }
        }
    }

    override fun samePerson() {
        act { publish { it.copy(question = null, verdict = null) } }
    }

    override fun undo(entry: String, reason: String) = does { station.undo(entry, reason) }

    override fun move(entry: String, barcode: String, reason: String) = does {
        station.moveRegistration(entry, barcode, reason)
    }

    override fun openSeal() {
        act { publish { it.copy(seal = SealState()) } }
    }

    override fun seal(swabs: UByte, explanation: String?) = does {
        try {
            station.seal(swabs, explanation)
            publish { it.copy(seal = null, verdict = null) }
        } catch (refused: CoreException.Refused) {
            publish { it.copy(seal = SealState(swabs, refused.trouble.said)) }
        }
    }

    override fun leave() {
        act { publish { it.copy(seal = null, card = null, barcode = null) } }
    }

    override fun upload() {
        act {
            if (state.value.upload.busy) return@act
            publish { it.copy(upload = it.upload.copy(busy = true)) }
            try {
                val uploaded = cancellable { handle -> station.upload(handle) }
                publish { it.copy(upload = it.upload.copy(acknowledged = uploaded.acknowledged)) }
            } finally {
                publish { it.copy(upload = it.upload.copy(busy = false)) }
                life.changed()
            }
        }
    }

    override fun sync() {
        life.refresh()
    }

    override fun dismissBanner() {
        act {
            told = null
            publish { it }
        }
    }

    override fun tell(banner: Banner) {
        told = banner
        publish { it }
    }

    private fun take(text: String) {
        when (val scanned = toldApart(text)) {
            is Scanned.Code -> register { station.register(scanned.text) }
            is Scanned.IdCard -> publish { it.copy(card = scanned.number, verdict = null) }
            is Scanned.Barcode -> takeBarcode(scanned.text)
            is Scanned.Unknown -> register { station.register(text) }
        }
    }

    /** An open tube is taken in hand; for another, the staff say for how many it is. */
    private fun takeBarcode(barcode: String) {
        try {
            station.selectTube(barcode)
            publish { it.copy(verdict = null, barcode = null) }
            read()
        } catch (_: CoreException.Refused) {
            publish { it.copy(barcode = barcode) }
        }
    }

    private fun registers(how: () -> RegistrationView) {
        act { register(how) }
    }

    private fun register(how: () -> RegistrationView) {
        told = null
        try {
            val registration = how()
            val number = (state.value.verdict?.number ?: 0) + 1
            publish { it.copy(verdict = SamplingVerdict(number, registration)) }
            signals.give(registration.signal)
            read()
        } catch (trouble: CoreException) {
            publish { it.copy(verdict = null) }
            signals.give(Signal.ATTENTION)
            throw trouble
        }
    }

    private fun does(what: () -> Unit) {
        act {
            told = null
            what()
            read()
        }
    }

    private fun read() {
        val status = station.status()
        val session = station.session()
        val tubes = station.openTubes()
        val tube = station.tube()
        publish { it.copy(status = status, session = session, tubes = tubes, tube = tube) }
    }

    private fun publish(how: (SamplingState) -> SamplingState) = change { before ->
        val life = life.state.value
        how(before).copy(banners = listOfNotNull(told, life.trouble).distinct(), syncing = life.fetching)
    }
}
