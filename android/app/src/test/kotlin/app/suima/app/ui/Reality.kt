package app.suima.app.ui

import City
import KeepingLog
import MachineClock
import MaskKeystore
import enrolledPhone
import kotlinx.coroutines.runBlocking
import me
import phone
import samplingStation
import suima.Clock
import suima.ClockReading
import suima.DoorView
import suima.HolderView
import suima.LiveView
import suima.MadeView
import suima.NucleicAcidView
import suima.PaperView
import suima.PersonView
import suima.RegistrationView
import suima.Relation
import suima.SavedView
import suima.SessionView
import suima.StationStatus
import suima.TubeView
import suima.Wallet
import suima.WarningView

/** What the real library says, of a family and a station in a real city: made once, then looked at from all sides. */
object Reality {
    val family: List<PersonView>
    val live: LiveView
    val nextLive: LiveView
    val childLive: LiveView
    val clockLive: LiveView
    val code: NucleicAcidView
    val childCode: NucleicAcidView
    val warning: WarningView
    val saved: SavedView
    val replaced: SavedView
    val notYours: SavedView
    val holders: List<HolderView>
    val history: List<MadeView>
    val paper: PaperView
    val childPaper: PaperView
    val session: SessionView
    val status: StationStatus
    val tube: TubeView
    val fullTube: TubeView
    val otherTube: TubeView
    val registered: RegistrationView
    val refused: RegistrationView
    val already: RegistrationView
    val maybeTwice: RegistrationView
    val gateAdmits: DoorView
    val gateRefuses: DoorView
    val gateRefusesTwice: DoorView
    val doorLooksUp: DoorView

    init {
        val city = City()
        try {
            val clock = ForwardClock()
            val mother = wait { city.enrolledPhone(clock = clock) }
            val child = mother.family().single { it.relation == Relation.CHILD }.slot
            wait { mother.hold(child) }
            val father = city.phone("father")
            wait { father.enrol(city.activation(City.FATHER)) }
            wait { father.hold(child) }
            wait { father.refresh() }
            val old = mother.showNucleicAcid(mother.me)
            wait { mother.regenerate(mother.warning(mother.me).confirm) }
            wait { mother.refresh() }

            family = mother.family()
            live = mother.showLive(mother.me)
            clock.seconds = 10
            nextLive = mother.showLive(mother.me)
            clock.seconds = 0
            childLive = mother.showLive(child)
            code = mother.showNucleicAcid(mother.me)
            childCode = mother.showNucleicAcid(child)
            warning = mother.warning(mother.me)
            saved = mother.checkSaved(code.text)
            replaced = mother.checkSaved(old.text)
            notYours = father.checkSaved(code.text)
            holders = mother.holders(child)
            history = mother.history(mother.me)
            paper = mother.paper(mother.me)
            childPaper = mother.paper(child)
            clockLive = wait { wrongClock(city) }.use { it.showLive(it.me) }

            val station = wait { city.samplingStation() }
            registered = station.register(code.text)
            already = station.register(live.text)
            refused = station.register(old.text)
            station.register(childCode.text)
            station.registerByHand("来沪人员李四", null, "13800000000")
            maybeTwice = station.registerIdCard(City.MOTHER, "王小明", false)
            station.registerIdCard(City.FATHER, "𠅤大山", false)
            session = station.session()!!
            tube = station.tube()!!
            otherTube = station.openTubeBeside("TUBE0002", 10u)
            status = station.status()
            gateAdmits = station.gate(live.text)
            gateRefuses = station.gate(code.text)
            gateRefusesTwice = station.gate(live.text)
            doorLooksUp = wait { station.checkIdCard(City.MOTHER) }

            station.selectTube(tube.barcode)
            repeat(tube.capacity.toInt() - tube.seats.size) { station.registerByHand("访客甲乙丙${it + 1}", null, "1380000${1000 + it}") }
            fullTube = station.tube()!!
        } finally {
            city.close()
        }
    }

    /** The clocks of this machine, put forward together, as by waiting. */
    private class ForwardClock : Clock {
        var seconds = 0L

        override fun read(): ClockReading {
            val now = MachineClock(seconds).read()
            return now.copy(sinceBootMs = now.sinceBootMs + (seconds * 1000).toULong())
        }
    }

    private fun <T> wait(block: suspend () -> T): T = runBlocking { block() }

    /** A phone whose clock is two hours ahead. */
    private suspend fun wrongClock(city: City): Wallet {
        val phone = Wallet.open(city.config("late"), MaskKeystore(), MachineClock(ahead = 7200), KeepingLog())
        phone.enrol(city.activation(City.FATHER))
        phone.refresh()
        return phone
    }
}
