package app.suima.app.platform

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import java.time.Duration
import kotlin.random.Random
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch

/** An application that refreshes its codes while nobody looks. */
interface BackgroundRefresh {
    /** Refreshes, and says what is to be said. Whether it is to be tried again soon. */
    suspend fun refreshInBackground(): Boolean
}

/**
 * Refreshes some times a day, while there is a network.
 *
 * Each refresh schedules the next, at a time drawn at random: the phones of a city must not all come at once, whatever woke
 * them. A live code's colour counts a day at gates, and a credential two weeks, so a refresh that comes late takes
 * nothing away.
 */
class RefreshJob : JobService() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private var running: Job? = null

    override fun onStartJob(parameters: JobParameters): Boolean {
        val application = applicationContext as? BackgroundRefresh ?: return false
        running = scope.launch {
            val again = application.refreshInBackground()
            jobFinished(parameters, again)
            if (!again) schedule(applicationContext)
        }
        return true
    }

    /** The network went, or the system wants its peace: what had been begun is resolved by the next refresh. */
    override fun onStopJob(parameters: JobParameters): Boolean {
        running?.cancel()
        return true
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    companion object {
        private const val ID = 1

        /** Sees to it that a refresh is scheduled; one that is, stays. */
        fun keepScheduled(context: Context) {
            val scheduler = context.getSystemService(JobScheduler::class.java)
            if (scheduler.getPendingJob(ID) == null) schedule(context)
        }

        private fun schedule(context: Context) {
            val job = JobInfo.Builder(ID, ComponentName(context, RefreshJob::class.java))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setMinimumLatency(wait(Random.Default).toMillis())
                .setBackoffCriteria(backoff(Random.Default).toMillis(), JobInfo.BACKOFF_POLICY_EXPONENTIAL)
                .setPersisted(true)
                .build()
            context.getSystemService(JobScheduler::class.java).schedule(job)
        }
    }
}

private val SHORTEST: Duration = Duration.ofHours(4)
private val LONGEST: Duration = Duration.ofHours(8)

/** How long to wait for the next refresh. */
internal fun wait(random: Random): Duration =
    Duration.ofMillis(random.nextLong(SHORTEST.toMillis(), LONGEST.toMillis()))

/** How long to wait after a refresh that failed, the first time. */
internal fun backoff(random: Random): Duration =
    Duration.ofMillis(random.nextLong(Duration.ofMinutes(5).toMillis(), Duration.ofMinutes(15).toMillis()))
