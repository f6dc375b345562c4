import kotlin.test.assertEquals
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import suima.ResolvedOutcome
import suima.SavedOutcome

/** Programs that are killed in the middle of what they do, and whose files are opened again. */
class KilledTest {
    /** Kills it once it has said so many lines; gives all that it said. */
    private fun Process.killAfter(lines: Int): List<String> {
        val output = inputReader()
        val first = List(lines) { checkNotNull(output.readLine()) { "it ended by itself" } }
        // By its handle: `Process` would throw away what it has not been read of.
        toHandle().destroyForcibly()
        val said = first + output.readLines()
        waitFor()
        return said
    }

    @Test
    fun ofAStationThatIsKilledWhileItRegistersNothingAcknowledgedIsLost() = inACity { city ->
        val station = city.station()
        station.enrol(city.stationActivation("一号采样点"))
        station.sync()
        station.openSession("人民广场", "工号 12")
        station.shutDown()

        val acknowledged = city.victim("samples", "station").killAfter(lines = 57)
        val again = city.station()
        val last = acknowledged.last { it.startsWith("tube") }.substringAfter(' ')
        val tube = checkNotNull(again.tube())
        if (tube.barcode == last) {
            val seats = acknowledged.filter { it.startsWith("seat $last ") }.map { it.substringAfterLast(' ') }
            assertEquals(seats, tube.seats.map { it.entry }.take(seats.size))
            assertTrue(tube.seats.size <= seats.size + 1)
        }
        // Whatever was acknowledged is one entry, as is the session; one more may have been written and never said.
        val entries = acknowledged.size.toUInt() + 1u
        assertTrue(again.status().waiting in entries..entries + 1u)
        val uploaded = again.upload()
        assertTrue(uploaded.acknowledged in entries..entries + 1u)
        assertEquals(0u, uploaded.waiting)
        assertTrue(uploaded.conflicts.isEmpty())
    }

    @Test
    fun aPhoneThatIsKilledWhileItWaitsToRegenerateKnowsThatItIsInDoubt() = inACity { city ->
        val phone = city.enrolledPhone()
        val slot = phone.me
        val shown = phone.showNucleicAcid(slot).text
        phone.shutDown()
        SilentServer().use { server ->
            val victim = city.victim("regenerates", "mother", server.address)
            server.somebodyAsked().use { victim.killAfter(lines = 0) }
        }
        val again = city.phone()
        assertEquals(listOf(slot), again.status().inDoubt)
        assertEquals(ResolvedOutcome.MADE, again.refresh().resolved.single().outcome)
        assertEquals(SavedOutcome.REPLACED, again.checkSaved(shown).outcome)
        assertEquals(2, again.history(slot).size)
    }

    @Test
    fun ofAPhoneThatIsKilledWhileItRegeneratesExactlyOneCodeCounts() = inACity { city ->
        city.enrolledPhone().shutDown()
        val made = city.victim("regenerates", "mother").killAfter(lines = 3)
        val again = city.phone()
        val slot = again.me
        again.refresh()
        assertTrue(again.status().inDoubt.isEmpty())
        val counts = again.showNucleicAcid(slot).text
        assertEquals(SavedOutcome.CURRENT, again.checkSaved(counts).outcome)
        // The last that it said counts, or one that it made and could not say any more.
        (made - counts).forEach { assertEquals(SavedOutcome.REPLACED, again.checkSaved(it).outcome) }
        assertTrue(again.history(slot).size - 1 in made.size..made.size + 1)
    }
}
