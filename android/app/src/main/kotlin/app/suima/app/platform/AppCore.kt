package app.suima.app.platform

import android.content.Context
import android.os.SystemClock
import app.suima.android.DeviceKeys
import app.suima.android.Issuer
import app.suima.android.Suima
import app.suima.app.model.Settings
import app.suima.app.model.Work
import java.util.Locale
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.dropWhile
import kotlinx.coroutines.launch

/**
 * All that lives as long as the app's process: the settings, the wallet, and the station on phones of staff.
 *
 * @param debug whether the log keeps events that are only for whoever looks for a fault
 */
class AppCore(context: Context, issuer: Issuer, debug: Boolean) {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val work = Work(scope)

    /** Whether the app is at the front. */
    private val isSeen = MutableStateFlow(false)

    val settings = Settings(PreferenceSettings(context), languageOf(Locale.getDefault()))
    val album = PictureAlbum(context)

    val citizen = Part(work.blocking) {
        Citizen(Suima.openWallet(context, issuer, DeviceKeys.HARDWARE, debug), work, album)
    }

    val staff = Part(work.blocking) {
        val station = Suima.openStation(context, issuer, debug)
        Staff(station, work, VerdictSignals(context)) { SystemClock.elapsedRealtime().toULong() }
    }

    /** Begins to open the wallet, before there is a window for its code. */
    fun begin() {
        scope.launch { citizen.open() }
        // Not an activity's: what ends with one would be cancelled before it was done.
        scope.launch { isSeen.dropWhile { !it }.collectLatest { if (it) wake() else rest() } }
    }

    /** The app came to the front. */
    fun appear() {
        isSeen.value = true
    }

    /** The app left the front. */
    fun disappear() {
        isSeen.value = false
    }

    /** Refreshes while nobody looks, and says what is to be said. Whether it is to be tried again soon. */
    suspend fun refreshUnseen(notifier: Notifier): Boolean {
        val unseen = citizen.open()?.refreshUnseen() ?: return true
        val language = settings.state.value.language
        notifier.makeChannels(language)
        notifier.tell(unseen.news, language)
        unseen.reminders?.let { notifier.remind(it, language) }
        return false
    }

    private suspend fun wake() {
        citizen.open()?.appear()
        staff.value?.life?.resume()
    }

    private suspend fun rest() {
        citizen.value?.disappear()
        staff.value?.life?.pause()
    }
}

/** The bytes of a key that the app pins, as a build gives it: 64 hexadecimal digits. */
fun rootKey(hex: String): ByteArray {
    require(hex.length == 64) { "a root key has 64 hexadecimal digits" }
    return ByteArray(32) { hex.substring(2 * it, 2 * it + 2).toInt(16).toByte() }
}
