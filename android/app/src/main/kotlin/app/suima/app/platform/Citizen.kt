package app.suima.app.platform

import app.suima.app.model.Album
import app.suima.app.model.ChallengeModel
import app.suima.app.model.CodesModel
import app.suima.app.model.EnrolModel
import app.suima.app.model.FamilyModel
import app.suima.app.model.PaperModel
import app.suima.app.model.WalletLife
import app.suima.app.model.Work
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import suima.CoreException
import suima.InternalException
import suima.NewsView
import suima.ReminderView
import suima.Wallet

/** What a refresh that nobody saw has to say; no [reminders] where an app at the front says them itself. */
data class Unseen(val news: List<NewsView>, val reminders: List<ReminderView>?)

/** A wallet that is open, and the models of its screens. */
class Citizen(private val wallet: Wallet, private val work: Work, album: Album) {
    /** Whether the phone was enrolled when the wallet was opened. */
    val wasEnrolled: Boolean = wallet.status().enrolled

    val life = WalletLife(wallet, work)
    val enrol = EnrolModel(life)
    val codes = CodesModel(life, album)
    val family = FamilyModel(life)
    val challenge = ChallengeModel(life)
    val paper = PaperModel(life)

    private val turns = Mutex()
    private var isSeen = false

    /** The app came to the front. */
    suspend fun appear() = turns.withLock {
        isSeen = true
        life.resume().join()
    }

    /** The app left the front: no code is drawn that nobody sees. */
    suspend fun disappear() = turns.withLock {
        isSeen = false
        life.pause().join()
    }

    /** Refreshes while nobody looks; none where that did not come about. Never keeps anybody waiting for their code. */
    suspend fun refreshUnseen(): Unseen? = withContext(work.blocking) {
        unlessFailed {
            try {
                when (begun()) {
                    null -> Unseen(emptyList(), null)
                    false -> Unseen(emptyList(), emptyList())
                    true -> refreshed()
                }
            } finally {
                // Also where the system stops it: the file is given up, unless somebody looks by now.
                withContext(NonCancellable) { turns.withLock { if (!isSeen) wallet.pause() } }
            }
        }
    }

    /** Whether there is something to refresh; none while the app is at the front, which does so itself. */
    private suspend fun begun(): Boolean? = turns.withLock {
        if (isSeen) return null
        wallet.resume()
        wallet.status().enrolled
    }

    private suspend fun refreshed(): Unseen? {
        // Of what was told before the user was notified then.
        val before = wallet.unreadNews().mark
        val fetch = life.refresh()
        try {
            fetch.join()
        } finally {
            fetch.cancel()
        }
        if (life.state.value.trouble != null) return null
        val unread = wallet.unreadNews()
        return Unseen(unread.news.takeLast((unread.mark - before).toInt()), wallet.reminders())
    }
}

/** None where the core fails: nobody is there to be told, and the next try tells. */
private inline fun <Answer> unlessFailed(what: () -> Answer?): Answer? = try {
    what()
} catch (_: CoreException) {
    null
} catch (_: InternalException) {
    null
}
