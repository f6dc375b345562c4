package app.suima.app.model

import suima.CoreException
import suima.InternalException
import suima.Said

/** How a banner is to look. */
enum class BannerKind {
    /** The core says this beside what is shown: how old it is, what is in doubt, that the clock is wrong. */
    NOTICE,

    /** There is no network, or what is kept has run out. What is still known stays on the screen. */
    OFFLINE,

    /** Something that was asked for was not done. */
    PROBLEM,

    /** Something that was asked for is done. */
    DONE,
}

/** What a banner offers to be done about it. */
enum class Remedy {
    /** Open the screen Enrol. */
    ENROL,

    /** Refresh (a station: sync) once there is a network. */
    GO_ONLINE,

    /** Do the same again, later. */
    TRY_AGAIN,

    /** Open the wallet or the station anew: it was shut down. */
    REOPEN,

    /** Fetch whoever answers for the station: its journal cannot be opened, and must not be deleted. */
    FETCH_HELP,

    /** Report a fault to the makers. */
    REPORT,
}

/**
 * A sentence above a screen. [remedy] is the button beside it; none where there is nothing to do but read. [id] is the
 * stable word of the core's trouble; none for what is no trouble.
 */
data class Banner(val kind: BannerKind, val said: Said, val remedy: Remedy? = null, val id: String? = null)

/** A banner of this error: its sentence, and what its variant asks a shell to do; none where the user cancelled. */
fun CoreException.banner(): Banner? = when (this) {
    is CoreException.NotEnrolled -> Banner(BannerKind.PROBLEM, trouble.said, Remedy.ENROL, trouble.id)
    is CoreException.GoOnline -> Banner(BannerKind.OFFLINE, trouble.said, Remedy.GO_ONLINE, trouble.id)
    is CoreException.TryAgain -> Banner(BannerKind.PROBLEM, trouble.said, Remedy.TRY_AGAIN, trouble.id)
    is CoreException.NotOpen -> Banner(BannerKind.PROBLEM, trouble.said, Remedy.REOPEN, trouble.id)
    is CoreException.Refused -> Banner(BannerKind.PROBLEM, trouble.said, null, trouble.id)
    is CoreException.JournalLost -> Banner(BannerKind.PROBLEM, trouble.said, Remedy.FETCH_HELP, trouble.id)
    is CoreException.Failed -> Banner(BannerKind.PROBLEM, trouble.said, Remedy.REPORT, trouble.id)
    is CoreException.Cancelled -> null
}

/** A banner of a fault of the program: the makers have to hear of it. */
fun InternalException.banner(): Banner =
    Banner(BannerKind.PROBLEM, Words.FAULT.said, Remedy.REPORT, message)

/** What the core says beside a code, as banners. */
internal fun List<Said>.notices(): List<Banner> = map { Banner(BannerKind.NOTICE, it) }
