package app.suima.android

import android.annotation.SuppressLint
import android.security.KeyStoreException
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.UserNotAuthenticatedException
import javax.crypto.AEADBadTagException

/** What a failure of the Android Keystore says about the key that was asked for. */
internal enum class Fate {
    /** Nothing: the phone is locked, the secure hardware is busy, or nobody knows. The key may well be there. */
    UNKNOWN,

    /** It will never answer again. */
    GONE,
}

/** A key that is gone for good. */
internal class KeyGoneException : Exception()

/** Causes of causes are looked at so deep; also an end, should they go round in a circle. */
private const val DEPTH = 8

/** Since this version of Android the keystore says in numbers what failed. */
private const val NUMBERED_SINCE = 33

/**
 * Judges a failure of the Android Keystore, or of a cipher or signature that stands on it.
 *
 * `GONE` costs a citizen their enrolment, so only what the platform documents as final counts as that: the key was
 * invalidated, is corrupted or does not exist, or another key than this one sealed the text. Whatever else happens says
 * nothing about the key.
 *
 * @param sdk the version of Android (`Build.VERSION.SDK_INT`)
 */
internal fun fateAfter(failure: Throwable, sdk: Int): Fate {
    val causes = generateSequence(failure) { it.cause }.take(DEPTH).toList()
    // The phone waits for its user: said of keys that are well, whatever stands around it.
    if (causes.any { it is UserNotAuthenticatedException }) return Fate.UNKNOWN
    return if (causes.any { isFinal(it, sdk) }) Fate.GONE else Fate.UNKNOWN
}

@SuppressLint("NewApi") // It is given the version, so that every version can be tested.
private fun isFinal(failure: Throwable, sdk: Int): Boolean = when (failure) {
    is KeyGoneException, is KeyPermanentlyInvalidatedException, is AEADBadTagException -> true
    is KeyStoreException ->
        sdk >= NUMBERED_SINCE && !failure.isTransientFailure && failure.numericErrorCode in FINAL
    else -> false
}

private val FINAL = setOf(
    KeyStoreException.ERROR_KEY_CORRUPTED,
    KeyStoreException.ERROR_KEY_DOES_NOT_EXIST,
)

/** What a log may say of a failure: the kinds of its causes. The platform's own words may name more than that. */
internal fun reasonOf(failure: Throwable): String =
    generateSequence(failure) { it.cause }.take(DEPTH).joinToString(" < ") { it.javaClass.simpleName }
