package app.suima.app.platform

import app.suima.app.model.Album
import app.suima.app.model.ChallengeModel
import app.suima.app.model.CodesModel
import app.suima.app.model.EnrolModel
import app.suima.app.model.FamilyModel
import app.suima.app.model.PaperModel
import app.suima.app.model.WalletLife
import app.suima.app.model.Work
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import suima.NewsView
import suima.ReminderView
import suima.Wallet

/** What a refresh that nobody saw has to say. */
data class Unseen(val news: List<NewsView>, val reminders: List<ReminderView>)

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
        val begun = turns.withLock {
            if (!isSeen) wallet.resume()
            !isSeen && wallet.status().enrolled
        }
        if (begun) life.refresh().join()
        val unseen = when {
            !begun -> Unseen(emptyList(), emptyList())
            life.state.value.trouble != null -> null
            else -> Unseen(life.untold.value.news, wallet.reminders())
        }
        turns.withLock { if (!isSeen) wallet.pause() }
        unseen
    }
}
