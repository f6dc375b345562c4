package app.suima.app.platform

import android.Manifest
import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.pm.PackageManager
import android.graphics.drawable.Icon
import android.os.Build
import app.suima.app.model.Language
import app.suima.app.model.text
import suima.NewsView
import suima.ReminderView

/**
 * Says by notifications what the core reminds of, and what others did. The sentences are the core's; on a locked screen, where
 * others read along, they are replaced by one that names nobody.
 *
 * @param icon a small icon of one colour
 */
class Notifier(private val context: Context, private val icon: Icon) {
    private val manager = context.getSystemService(NotificationManager::class.java)
    private val told = Told(context)

    /** Whether the user has to allow it first: since Android 13. */
    val needsPermission: Boolean
        get() = Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU &&
            context.checkSelfPermission(Manifest.permission.POST_NOTIFICATIONS) != PackageManager.PERMISSION_GRANTED

    /** Makes the channels, or renames them. */
    fun makeChannels(language: Language) = manager.createNotificationChannels(
        listOf(
            NotificationChannel(REMINDERS, PlatformWords.REMINDERS.text(language), NotificationManager.IMPORTANCE_DEFAULT),
            NotificationChannel(NEWS, PlatformWords.NEWS.text(language), NotificationManager.IMPORTANCE_HIGH),
        ),
    )

    /** Reminds of each of these once; what no longer stands among them disappears. */
    fun remind(reminders: List<ReminderView>, language: Language) {
        val tags = reminders.map { it.tag }.toSet()
        (told.before(REMINDERS) - tags).forEach { manager.cancel(it, REMINDER) }
        show(reminders.associate { it.tag to it.said.text(language) }, REMINDERS, REMINDER, Destination.REMINDERS, language)
    }

    /** Tells each of these once. The core says them only once, so that they stay until they are wiped away. */
    fun tell(news: List<NewsView>, language: Language) =
        show(news.associate { it.tag to it.said.text(language) }, NEWS, NEWS_ITEM, Destination.NEWS, language)

    private fun show(sayings: Map<String, String>, channel: String, id: Int, leadsTo: Destination, language: Language) {
        // What is not shown is not told: it is, once that is allowed.
        if (needsPermission) return
        (sayings - told.before(channel)).forEach { (tag, text) ->
            manager.notify(tag, id, notification(channel, leadsTo, text, language))
        }
        told.keep(channel, sayings.keys)
    }

    private fun notification(channel: String, leadsTo: Destination, text: String, language: Language): Notification {
        val public = builder(channel, leadsTo).setContentText(PlatformWords.SOMETHING_TO_READ.text(language)).build()
        return builder(channel, leadsTo)
            .setContentText(text)
            .setStyle(Notification.BigTextStyle().bigText(text))
            .setVisibility(Notification.VISIBILITY_PRIVATE)
            .setPublicVersion(public)
            .build()
    }

    private fun builder(channel: String, leadsTo: Destination): Notification.Builder {
        val intent = leadsTo.intent(context.packageName)
        return Notification.Builder(context, channel)
            .setSmallIcon(icon)
            .setContentIntent(PendingIntent.getActivity(context, 0, intent, PendingIntent.FLAG_IMMUTABLE))
            .setAutoCancel(true)
    }

    private companion object {
        const val REMINDERS = "reminders"
        const val NEWS = "news"
        const val REMINDER = 1
        const val NEWS_ITEM = 2
    }
}

/** What tells a reminder from another; the same for as long as it says the same. */
private val ReminderView.tag: String get() = "$kind $slot ${at.epochSecond}"

/** What tells news from others. */
private val NewsView.tag: String get() = "$kind $slot ${at?.epochSecond}"

/** The tags of what was told, so that what was wiped away stays away. */
private class Told(context: Context) {
    private val preferences = context.getSharedPreferences("told", Context.MODE_PRIVATE)

    fun before(channel: String): Set<String> = preferences.getStringSet(channel, null).orEmpty()

    fun keep(channel: String, tags: Set<String>) = preferences.edit().putStringSet(channel, tags).apply()
}
