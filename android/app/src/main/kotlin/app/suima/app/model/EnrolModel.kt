package app.suima.app.model

import suima.Said
import suima.cancellable

/** What can be enrolled. */
private interface Enrolling {
    val life: Life

    /** What must be said before anything is asked. */
    fun banners(): List<Banner>

    fun enrolled(): Boolean

    /** What enrolling ends; none where it ends nothing. */
    fun warning(): Said?

    suspend fun enrol(code: String)
}

/** Enrols a phone, or a station. */
class EnrolModel private constructor(private val enrolling: Enrolling) :
    Model<EnrolState>(EnrolState(), enrolling.life.work), EnrolActions {
    private val life = enrolling.life
    private val errand = Errand(this) { busy ->
        change {
            if (busy) it.copy(question = null, busy = true, banners = emptyList()) else it.copy(busy = false)
        }
    }

    /** Enrols a phone, after the question what that ends. */
    constructor(life: WalletLife) : this(EnrollingPhone(life))

    /** Enrols a station. */
    constructor(life: StationLife) : this(EnrollingStation(life))

    init {
        act { life.editions.collect { open -> if (open) telling(::tell, ::read) } }
    }

    override fun type(code: String) = change { it.copy(code = code) }

    override fun enrol() {
        act {
            val question = enrolling.warning()
            if (question == null) send() else change { it.copy(question = question) }
        }
    }

    override fun agree() {
        act { if (state.value.question != null) send() }
    }

    override fun cancel() {
        act {
            errand.cancel()
            change { it.copy(question = null, busy = false) }
        }
    }

    override fun tell(banner: Banner) = change { it.copy(banners = listOf(banner)) }

    private fun send() = errand.begin {
        enrolling.enrol(state.value.code)
        life.refresh()
    }

    private fun read() {
        val enrolled = enrolling.enrolled()
        val banners = enrolling.banners()
        change {
            if (it.enrolled == enrolled && it.banners.isNotEmpty()) it
            else it.copy(enrolled = enrolled, code = if (enrolled) "" else it.code, banners = banners)
        }
    }
}

private class EnrollingPhone(override val life: WalletLife) : Enrolling {
    override fun banners(): List<Banner> {
        val status = life.wallet.status()
        val wiped = life.wallet.wasWiped() && !status.enrolled
        return listOfNotNull(if (wiped) Banner(BannerKind.PROBLEM, Words.WIPED.said) else null) + status.notices.notices()
    }

    override fun enrolled() = life.wallet.status().enrolled

    override fun warning() = life.wallet.enrolWarning()

    override suspend fun enrol(code: String) = cancellable { handle -> life.wallet.enrol(code, handle) }
}

private class EnrollingStation(override val life: StationLife) : Enrolling {
    override fun banners(): List<Banner> = emptyList()

    override fun enrolled() = life.station.status().enrolled

    override fun warning(): Said? = null

    override suspend fun enrol(code: String) = cancellable { handle -> life.station.enrol(code, handle) }
}
