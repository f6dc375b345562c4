package app.suima.app.ui

import app.suima.app.model.Language
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test

class LabelTest {
    @Test
    fun `every label is said in both languages, with as many places to fill in`() {
        val place = Regex("""\{\d?\}""")
        for (label in Label.entries) {
            val (zh, en) = label.text(Language.ZH) to label.text(Language.EN)
            assertTrue(zh.isNotBlank() && en.isNotBlank(), "$label")
            assertEquals(place.findAll(zh).count(), place.findAll(en).count(), "$label")
        }
    }

    @Test
    fun `what is filled in stands where each language wants it`() {
        assertEquals("王小明（本人）的随申码二维码", Label.CODE_OF.text(Language.ZH, "王小明", "本人", "随申码"))
        assertEquals("QR code: Live code of 王小明, Myself", Label.CODE_OF.text(Language.EN, "王小明", "Myself", "Live code"))
    }
}
