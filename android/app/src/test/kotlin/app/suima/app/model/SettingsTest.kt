package app.suima.app.model

import kotlin.test.assertEquals
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import suima.Relation

/** Settings and labels. */
class SettingsTest {
    private class KeptSettings : SettingsStore {
        var kept: SettingsState? = null

        override fun read() = kept

        override fun write(settings: SettingsState) {
            kept = settings
        }
    }

    @Test
    fun `settings begin with the phone's language and outlive the app`() {
        val store = KeptSettings()
        val settings = Settings(store, Language.EN)
        assertEquals(SettingsState(Language.EN, elder = false), settings.state.value)
        settings.elder(true)
        settings.speak(Language.ZH)
        assertEquals(SettingsState(Language.ZH, elder = true), Settings(store, Language.EN).state.value)
    }

    @Test
    fun `every label is there in both languages, and no label is Chinese where it should be English`() {
        val chinese = Regex("[\\u4e00-\\u9fff]")
        for (word in Words.entries) {
            assertTrue(word.text(Language.ZH).isNotBlank() && word.text(Language.EN).isNotBlank(), word.name)
            assertTrue(chinese !in word.text(Language.EN), word.name)
        }
    }

    @Test
    fun `relations and remedies have labels of their own`() {
        assertEquals(Relation.entries.size, Relation.entries.map { it.word }.toSet().size)
        assertEquals(Remedy.entries.size, Remedy.entries.map { it.word }.toSet().size)
    }
}
