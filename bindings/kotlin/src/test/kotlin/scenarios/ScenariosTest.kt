package scenarios

import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.parallel.Execution
import org.junit.jupiter.api.parallel.ExecutionMode

/**
 * Every run of every scenario of `tests/scenarios`, unchanged, with the phones and stations played through the shared
 * library. In every other one the phones sign with P-256, as signing hardware does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenariosTest {
    private val conductor = Conductor(System.getProperty("suima.conductor"))

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    fun scenarios(): List<DynamicTest> {
        val trials = conductor.trials()
        assertTrue(trials.isNotEmpty())
        return trials.map { trial ->
            DynamicTest.dynamicTest("${trial.name} (${trial.network})") {
                assertNull(runBlocking { Player(conductor, trial, inHardware = trial.number % 2 == 1).play() })
            }
        }
    }

    @AfterAll
    fun end() = conductor.close()
}
