package app.suima.app.model

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** What the user chose. Elder mode: large type, fewer things on a screen. */
data class SettingsState(val language: Language = Language.ZH, val elder: Boolean = false)

/** What the screen Settings can ask for. */
interface SettingsActions {
    /** Speaks this language from now on. */
    fun speak(language: Language)

    /** Turns elder mode on or off. */
    fun elder(on: Boolean)
}

/** Where settings outlive the app; on a phone the app's preferences. Neither blocks nor throws. */
interface SettingsStore {
    /** What was kept last; none on a new phone. */
    fun read(): SettingsState?

    /** Keeps these. */
    fun write(settings: SettingsState)
}

/** The settings. On a new phone they begin with the phone's [language]. */
class Settings(private val store: SettingsStore, language: Language) : SettingsActions {
    private val states = MutableStateFlow(store.read() ?: SettingsState(language))

    /** The settings now. */
    val state: StateFlow<SettingsState> = states.asStateFlow()

    override fun speak(language: Language) = change(states.value.copy(language = language))

    override fun elder(on: Boolean) = change(states.value.copy(elder = on))

    private fun change(settings: SettingsState) {
        states.value = settings
        store.write(settings)
    }
}
