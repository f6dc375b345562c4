import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test

/** The program of `bindings/README.md`. */
class FirstCodeTest {
    @Test
    fun theProgramInTheReadmeIsTheOneCompiledHereAndShort() {
        val readme = Path.of(System.getProperty("suima.readme")).readText()
        val program = Path.of(System.getProperty("suima.first")).readText()
        assertTrue("```kotlin\n$program```\n" in readme)
        assertTrue(program.lines().size < 60)
    }

    @Test
    fun itEnrolsShowsALiveCodeAndRegeneratesTheNucleicAcidCode() = City().use { city ->
        val roots = city.roots
        val program = otherJvm(
            "firstcode.FirstCodeKt",
            city.path("first"), city.address, roots.hot.toHexString(), roots.cold.toHexString(),
            city.activation(City.MOTHER),
        )
        val said = program.inputReader().readLines().filterNot { it.startsWith("log:") }
        assertEquals(0, program.waitFor())
        assertEquals(listOf("live:", "ask:", "made:"), said.map { it.substringBefore(' ') })
        assertTrue(said.first().startsWith("live: SM1:") && said.last().startsWith("made: SM1:"), "$said")
    }
}
