package app.suima.app.platform

import android.content.Intent

/** Where the app is opened at, from outside of it: its icon, a shortcut, the tile, a notification. */
enum class Destination(val action: String) {
    /** The user's live code. */
    LIVE_CODE("app.suima.action.LIVE_CODE"),

    /** The user's nucleic-acid code. */
    NUCLEIC_ACID_CODE("app.suima.action.NUCLEIC_ACID_CODE"),

    /** Reminders. */
    REMINDERS("app.suima.action.REMINDERS"),

    /** What others did, and what ended. */
    NEWS("app.suima.action.NEWS"),

    /** The work of staff. */
    STAFF("app.suima.action.STAFF"),
    ;

    /** An intent that opens the app there. */
    fun intent(packageName: String): Intent = Intent(action)
        .setPackage(packageName)
        .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TOP)

    companion object {
        /** Where an intent with this action leads: to the live code, unless it names something else. */
        fun of(action: String?): Destination = entries.firstOrNull { it.action == action } ?: LIVE_CODE
    }
}
