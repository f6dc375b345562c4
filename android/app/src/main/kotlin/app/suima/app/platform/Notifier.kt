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
    private val told = ToldReminders(context)

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
        val now = reminders.associateBy { it.tag }
        val before = told.all()
        (before - now.keys).forEach { manager.cancel(it, REMINDER) }
        now.filterKeys { it !in before }.forEach { (tag, reminder) ->
            manager.notify(tag, REMINDER, notification(REMINDERS, reminder.said.text(language), language))
        }
        told.keep(now.keys)
    }

    /** Tells each of these, as it was handed out by a refresh. */
    fun tell(news: List<NewsView>, language: Language) = news.forEach { one ->
        manager.notify(one.tag, NEWS_ITEM, notification(NEWS, one.said.text(language), language))
    }

    /** Takes the news away, once they were read in the app. */
    fun clearNews() = manager.activeNotifications
        .filter { it.id == NEWS_ITEM }
        .forEach { manager.cancel(it.tag, it.id) }

    private fun notification(channel: String, text: String, language: Language): Notification {
        val public = builder(channel).setContentText(PlatformWords.SOMETHING_TO_READ.text(language)).build()
        return builder(channel)
            .setContentText(text)
            .setStyle(Notification.BigTextStyle().bigText(text))
            .setVisibility(Notification.VISIBILITY_PRIVATE)
            .setPublicVersion(public)
            .build()
    }

    private fun builder(channel: String): Notification.Builder {
        val intent = Destination.REMINDERS.intent(context.packageName)
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

/** The tags of the reminders that were told, so that one that was wiped away stays away. */
private class ToldReminders(context: Context) {
    private val preferences = context.getSharedPreferences("told", Context.MODE_PRIVATE)

    fun all(): Set<String> = preferences.getStringSet(KEY, null).orEmpty()

    fun keep(tags: Set<String>) = preferences.edit().putStringSet(KEY, tags).apply()

    private companion object {
        const val KEY = "reminders"
    }
}
