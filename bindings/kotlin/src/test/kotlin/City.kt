import java.io.BufferedReader
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.createTempDirectory
import kotlin.io.path.writeText
import kotlinx.coroutines.runBlocking
import suima.Config
import suima.Roots

/** Runs a test in a city of its own. */
fun inACity(test: suspend (City) -> Unit) = runBlocking { City().use { test(it) } }

/** A real issuer, as its own process, with one family in its register. */
class City : AutoCloseable {
    private val program = System.getProperty("suima.issuer")
    private val folder: Path = createTempDirectory("suima-city")
    private val process: Process
    val address: String
    val roots: Roots

    init {
        val init = operate("init")
        roots = Roots(root(init, "hot"), root(init, "cold"))
        val register = folder.resolve("register.csv")
        val kinship = folder.resolve("kinship.csv")
        register.writeText(
            """
            id_number,name,birth_date
            $MOTHER,王小明,1985-03-07
            $FATHER,𠅤大山,1984-11-20
            $CHILD,王朵朵,${CHILD_BIRTH}
            """.trimIndent() + "\n",
        )
        kinship.writeText(
            """
            guardian_id_number,child_id_number,relation
            $MOTHER,$CHILD,parent
            $FATHER,$CHILD,parent
            """.trimIndent() + "\n",
        )
        operate("import", register.toString(), "--kinship", kinship.toString())
        process = start("serve", "--listen", "127.0.0.1:0")
        val line = process.inputReader().readLine() ?: error("the issuer did not start")
        address = line.removePrefix("listening on ").trim()
    }

    fun activation(idNumber: String): String = operate("activation", idNumber).trim()

    fun stationActivation(name: String): String = operate("station", name).trim()

    /** The file of a device; each name has its own. */
    fun path(name: String): String = folder.resolve("$name.sqlite").toString()

    /** What a device in this city is opened with, with the network that leads to [at]. */
    fun config(name: String, at: String = address) = Config(path(name), at, emptyList(), roots)

    /** Ends the issuer, and with it the network of everybody. */
    override fun close() {
        process.destroy()
        check(process.waitFor(20, TimeUnit.SECONDS)) { "the issuer did not stop" }
    }

    private fun operate(vararg arguments: String): String {
        val process = start(*arguments)
        val said = process.inputReader().use(BufferedReader::readText)
        check(process.waitFor() == 0) { "suima-issuer ${arguments.first()} failed: $said" }
        return said
    }

    private fun start(vararg arguments: String): Process =
        ProcessBuilder(listOf(program, "--data", folder.toString()) + arguments)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()

    private fun root(said: String, name: String): ByteArray {
        val line = said.lines().single { it.startsWith("$name ") }
        return line.substringAfter("root: ").trim().hexToByteArray()
    }

    companion object {
        val MOTHER = idNumber("310101", "19850307", "002")
        val FATHER = idNumber("310101", "19841120", "001")

        /** A child of about six, whenever this runs. */
        val CHILD_BIRTH: String = "${java.time.Year.now().value - 6}-05-06"
        val CHILD = idNumber("310101", CHILD_BIRTH.replace("-", ""), "004")

        /** With the check digit of GB 11643. */
        private fun idNumber(region: String, birth: String, order: String): String {
            val digits = region + birth + order
            val weights = intArrayOf(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
            val sum = digits.indices.sumOf { digits[it].digitToInt() * weights[it] }
            return digits + "10X98765432"[sum % 11]
        }
    }
}
