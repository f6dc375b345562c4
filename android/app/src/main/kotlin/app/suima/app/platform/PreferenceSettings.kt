package app.suima.app.platform

import android.content.Context
import app.suima.app.model.Language
import app.suima.app.model.SettingsState
import app.suima.app.model.SettingsStore
import java.util.Locale

/** The settings, in the app's preferences. */
class PreferenceSettings(context: Context) : SettingsStore {
    private val preferences = context.getSharedPreferences("settings", Context.MODE_PRIVATE)

    override fun read(): SettingsState? {
        val language = preferences.getString(LANGUAGE, null)?.let { name ->
            Language.entries.firstOrNull { it.name == name }
        } ?: return null
        return SettingsState(language, preferences.getBoolean(ELDER, false))
    }

    override fun write(settings: SettingsState) {
        preferences.edit()
            .putString(LANGUAGE, settings.language.name)
            .putBoolean(ELDER, settings.elder)
            .apply()
    }

    private companion object {
        const val LANGUAGE = "language"
        const val ELDER = "elder"
    }
}

/** The language of the app on a new phone: Chinese, unless the phone speaks another language. */
fun languageOf(locale: Locale): Language = if (locale.language == "zh") Language.ZH else Language.EN
