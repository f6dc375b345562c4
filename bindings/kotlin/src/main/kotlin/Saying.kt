package suima

import java.util.Locale

/** What went wrong: what to say to people, and what a log and a program need. */
val CoreException.trouble: Trouble
    get() = when (this) {
        is CoreException.NotEnrolled -> trouble
        is CoreException.GoOnline -> trouble
        is CoreException.TryAgain -> trouble
        is CoreException.NotOpen -> trouble
        is CoreException.Refused -> trouble
        is CoreException.JournalLost -> trouble
        is CoreException.Failed -> trouble
        is CoreException.Cancelled -> trouble
    }

/** The sentence in the language of the screen: Chinese where that is asked for, else English. */
fun Said.text(locale: Locale = Locale.getDefault()): String = if (locale.language == "zh") zh else en
