package app.suima.app.model

import kotlin.test.assertEquals
import kotlin.test.assertNull
import org.junit.jupiter.api.Test
import suima.CoreException
import suima.Said
import suima.Trouble

/** What an error of the core becomes on a screen. */
class BannerTest {
    private val trouble = Trouble("word", null, Said("话", "words"), "detail")

    @Test
    fun `each variant offers what can be done about it, in the core's words`() {
        val offered = mapOf(
            CoreException.NotEnrolled(trouble) to (BannerKind.PROBLEM to Remedy.ENROL),
            CoreException.GoOnline(trouble) to (BannerKind.OFFLINE to Remedy.GO_ONLINE),
            CoreException.TryAgain(trouble) to (BannerKind.PROBLEM to Remedy.TRY_AGAIN),
            CoreException.NotOpen(trouble) to (BannerKind.PROBLEM to Remedy.REOPEN),
            CoreException.Refused(trouble) to (BannerKind.PROBLEM to null),
            CoreException.JournalLost(trouble) to (BannerKind.PROBLEM to Remedy.FETCH_HELP),
            CoreException.Failed(trouble) to (BannerKind.PROBLEM to Remedy.REPORT),
        )
        for ((error, look) in offered) {
            assertEquals(Banner(look.first, trouble.said, look.second, "word"), error.banner())
        }
    }

    @Test
    fun `what the user cancelled is not told`() = assertNull(CoreException.Cancelled(trouble).banner())
}
