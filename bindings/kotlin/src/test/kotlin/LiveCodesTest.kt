import java.time.Instant
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicLong
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test
import suima.Clock
import suima.ClockReading
import suima.CoreException
import suima.LiveView
import suima.liveCodes
import suima.stay
import suima.trouble

/** The live code on the screen, in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class LiveCodesTest {
    @Test
    fun aLiveCodeIsDrawnAtOnceAndStaysAsLongAsTheCoreSays() = inACity { city ->
        val phone = city.enrolledPhone()
        runTest {
            val drawn = mutableListOf<LiveView>()
            val screen = launch {
                phone.liveCodes(phone.me, StandardTestDispatcher(testScheduler)).collect { drawn += it }
            }
            runCurrent()
            assertEquals(1, drawn.size)
            val stay = drawn.single().stay.toMillis()
            assertEquals(10_000, stay)
            advanceTimeBy(stay)
            assertEquals(1, drawn.size)
            runCurrent()
            assertEquals(2, drawn.size)
            advanceTimeBy(3 * stay + 1)
            assertEquals(5, drawn.size)
            assertEquals(setOf(phone.me), drawn.map { it.slot }.toSet())
            screen.cancel()
        }
    }

    @Test
    fun nothingIsDrawnOnceNobodyLooks() = inACity { city ->
        val clock = NotingClock()
        val phone = city.enrolledPhone(clock = clock)
        runTest {
            phone.liveCodes(phone.me, StandardTestDispatcher(testScheduler)).first()
            val before = clock.readers.size
            advanceTimeBy(3_600_000)
            assertEquals(before, clock.readers.size)
        }
    }

    @Test
    fun aBusyScreenGetsTheNewestCodeAndNoOldOne() = inACity { city ->
        val phone = city.enrolledPhone()
        runTest {
            val drawn = mutableListOf<LiveView>()
            val codes = phone.liveCodes(phone.me, StandardTestDispatcher(testScheduler))
            val screen = launch {
                codes.collect {
                    drawn += it
                    delay(35_000)
                }
            }
            advanceTimeBy(35_001)
            runCurrent()
            // Of those that were drawn meanwhile, at 10, 20 and 30 seconds, it sees the last alone.
            assertEquals(2, drawn.size)
            screen.cancel()
        }
    }

    @Test
    fun itIsDrawnOffTheThreadOfTheScreen() = inACity { city ->
        val clock = NotingClock()
        val phone = city.enrolledPhone(clock = clock)
        val slot = phone.me
        clock.readers.clear()
        phone.liveCodes(slot).first()
        assertTrue(clock.readers.isNotEmpty())
        assertTrue(Thread.currentThread() !in clock.readers)
    }

    @Test
    fun itEndsWithTheErrorWhenThereIsNothingToShowAndCanBeginAnew() = inACity { city ->
        val phone = city.enrolledPhone()
        val slot = phone.me
        phone.pause()
        val ended = assertFailsWith<CoreException> { phone.liveCodes(slot).first() }
        assertIs<CoreException.NotOpen>(ended)
        assertEquals("paused", ended.trouble.id)
        phone.resume()
        assertTrue(phone.liveCodes(slot).first().text.startsWith("SM1:"))
    }

    @Test
    fun eachCodeIsAnother() = inACity { city ->
        val phone = city.enrolledPhone(clock = SteppingClock())
        runTest {
            val (first, second) = phone.liveCodes(phone.me, StandardTestDispatcher(testScheduler)).take(2).toList()
            assertNotEquals(first.text, second.text)
        }
    }
}

/** Notes on which threads it is read. */
private class NotingClock : Clock {
    val readers = ConcurrentLinkedQueue<Thread>()

    override fun read(): ClockReading {
        readers.add(Thread.currentThread())
        return MachineClock().read()
    }
}

/** Ten seconds later each time. */
private class SteppingClock : Clock {
    private val steps = AtomicLong()
    private val began = Instant.now()

    override fun read(): ClockReading {
        val seconds = 10 * steps.incrementAndGet()
        return ClockReading(began.plusSeconds(seconds), (1000 * seconds).toULong(), "test")
    }
}
