package app.suima.app.entry

import android.app.Application
import android.graphics.drawable.Icon
import app.suima.android.Issuer
import app.suima.app.BuildConfig
import app.suima.app.R
import app.suima.app.platform.AppCore
import app.suima.app.platform.BackgroundRefresh
import app.suima.app.platform.Notifier
import app.suima.app.platform.RefreshJob
import app.suima.app.platform.rootKey
import suima.Roots

/** The app's process: begins to open the wallet before there is a window for its code. */
class SuimaApplication : Application(), BackgroundRefresh {
    lateinit var core: AppCore
        private set

    val notifier: Notifier by lazy { Notifier(this, Icon.createWithResource(this, R.drawable.ic_code)) }

    override fun onCreate() {
        super.onCreate()
        val roots = Roots(rootKey(BuildConfig.ROOT_HOT), rootKey(BuildConfig.ROOT_COLD))
        core = AppCore(this, Issuer(BuildConfig.ISSUER_URL, roots), BuildConfig.DEBUG)
        core.begin()
        RefreshJob.keepScheduled(this)
    }

    override suspend fun refreshInBackground(): Boolean = core.refreshUnseen(notifier)
}
