package app.suima.app.model

import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import suima.CoreException
import suima.DoorView
import suima.Finding
import suima.Scanned
import suima.Signal
import suima.cancellable
import suima.toldApart

/** A gate, or a staff member at a door. */
class DoorModel(private val life: StationLife, private val signals: Signals, uptime: Uptime) :
    Model<DoorState>(DoorState(), life.work), DoorActions {
    private val station = life.station
    private val scanning = Scanning(uptime)
    private var told: Banner? = null
    private var number = 0

    /** The paper code that wants an ID card beside it. */
    private var paper: String? = null

    /** The question about whoever stands there: an answer that comes after the next has stepped up must open no door. */
    private var question: Job? = null
    private var clearing: Job? = null

    init {
        act { life.keepReading { telling(::tell, ::read) } }
        act { life.state.collect { publish { it } } }
    }

    override fun stand(place: DoorPlace) {
        act {
            clear()
            publish { it.copy(place = place) }
        }
    }

    override fun scan(text: String) {
        act { scanning.scan(text, ::take) }
    }

    override fun typed(characters: String) {
        act { scanning.typed(characters, ::take) }
    }

    override fun idCard(idNumber: String, name: String) {
        act { askAbout(idNumber, name) }
    }

    override fun next() {
        act { clear() }
    }

    override fun sync() {
        life.refresh()
    }

    override fun tell(banner: Banner) {
        told = banner
        publish { it }
    }

    private fun take(text: String) {
        when (val scanned = toldApart(text)) {
            is Scanned.Code -> decide(scanned.text)
            is Scanned.IdCard ->
                if (paper == null) askAbout(scanned.number, "") else publish { it.copy(card = scanned.number) }
            is Scanned.Barcode, is Scanned.Unknown -> decide(text)
        }
    }

    private fun decide(text: String) {
        clear()
        val view = attending {
            if (state.value.place == DoorPlace.GATE) station.gate(text) else station.checkAtDoor(text)
        }
        if (view.finding is Finding.NeedsIdCard) paper = text
        verdict(view)
    }

    private fun askAbout(idNumber: String, name: String) {
        val code = paper
        clear()
        publish { it.copy(busy = true) }
        question = act {
            try {
                val view = attending {
                    cancellable { handle ->
                        when {
                            code != null -> station.checkPaper(code, idNumber, name, handle)
                            state.value.place == DoorPlace.GATE -> station.gateIdCard(idNumber, handle)
                            else -> station.checkIdCard(idNumber, handle)
                        }
                    }
                }
                verdict(view)
            } catch (trouble: CoreException) {
                // A mistyped number is typed again, beside the same paper code.
                paper = code
                publish { it.copy(wantsCard = code != null) }
                throw trouble
            } finally {
                publish { it.copy(busy = false) }
            }
        }
    }

    private fun verdict(view: DoorView) {
        number += 1
        val verdict = DoorVerdict(number, view)
        publish { it.copy(verdict = verdict, wantsCard = paper != null) }
        signals.give(view.signal)
        if (state.value.place == DoorPlace.GATE) {
            clearing = act {
                delay(SHOWN)
                clear()
            }
        }
    }

    /** Where no verdict comes, somebody has to look. */
    private inline fun attending(decide: () -> DoorView): DoorView = try {
        decide()
    } catch (trouble: CoreException) {
        if (trouble !is CoreException.Cancelled) signals.give(Signal.ATTENTION)
        throw trouble
    }

    private fun clear() {
        question?.cancel()
        clearing?.cancel()
        paper = null
        told = null
        publish { it.copy(verdict = null, wantsCard = false, card = null, busy = false) }
    }

    private fun read() {
        val status = station.status()
        publish { it.copy(status = status) }
    }

    private fun publish(how: (DoorState) -> DoorState) = change { before ->
        val life = life.state.value
        how(before).copy(banners = listOfNotNull(told, life.trouble).distinct(), syncing = life.fetching)
    }

    private companion object {
        val SHOWN = 5.seconds
    }
}
