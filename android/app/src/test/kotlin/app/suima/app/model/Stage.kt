package app.suima.app.model

import City
import KeepingLog
import MaskKeystore
import SilentServer
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Delay
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestCoroutineScheduler
import kotlinx.coroutines.test.TestDispatcher
import suima.Clock
import suima.ClockReading
import suima.Keystore
import suima.Signal
import suima.Signer
import suima.Station
import suima.Wallet

/**
 * A city with a real issuer, and devices whose time stands still until a test moves it. Everything the models do runs
 * on the thread of the test; only answers of the issuer come from without, and are waited for.
 */
@OptIn(ExperimentalCoroutinesApi::class)
class Stage(val city: City = City()) : AutoCloseable {
    private val scheduler = TestCoroutineScheduler()
    private val woken = Semaphore(0)
    private val dispatcher: CoroutineDispatcher = WakingDispatcher(StandardTestDispatcher(scheduler), woken)
    private val broken = ConcurrentLinkedQueue<Throwable>()
    private val scopes = mutableListOf<CoroutineScope>()
    private val begin = Instant.now()

    /** The clocks of every device. */
    val clock = object : Clock {
        override fun read() = ClockReading(
            wall = begin.plusMillis(scheduler.currentTime),
            sinceBootMs = (1_000_000 + scheduler.currentTime).toULong(),
            boot = "stage",
        )
    }

    /** The same for scanners and cameras. */
    val uptime = Uptime { scheduler.currentTime.toULong() }

    /** Where the models of one device work; cancelled, it is an app that was killed. */
    fun work(): Work {
        val handler = CoroutineExceptionHandler { _, error -> broken.add(error) }
        val scope = CoroutineScope(SupervisorJob() + dispatcher + handler)
        scopes.add(scope)
        return Work(scope, dispatcher)
    }

    /** Lets everything happen that can happen now. */
    fun settle() {
        scheduler.runCurrent()
        broken.poll()?.let { throw AssertionError("a model broke", it) }
    }

    /** Waits for the issuer until a model shows this. */
    fun <State> Model<State>.shows(what: (State) -> Boolean): State {
        val patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30)
        while (true) {
            settle()
            state.value.let { if (what(it)) return it }
            val left = patience - System.nanoTime()
            if (left <= 0 || !woken.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                throw AssertionError("never shown; but: ${state.value}")
            }
        }
    }

    /** What a model shows once everything has happened that needs no network. */
    val <State> Model<State>.shown: State
        get() {
            settle()
            return state.value
        }

    /** Waits until a device has sent something to a network that answers nothing. */
    fun asked(silent: SilentServer) {
        settle()
        CompletableFuture.supplyAsync { runBlocking { silent.somebodyAsked() } }.get(30, TimeUnit.SECONDS)
    }

    /** Lets time pass for all devices. */
    fun pass(time: Duration) {
        settle()
        scheduler.advanceTimeBy(time)
        settle()
    }

    override fun close() {
        scopes.forEach { it.cancel() }
        scheduler.runCurrent()
        city.close()
    }
}

/** Tells the [woken] of each task that it takes on. */
@OptIn(InternalCoroutinesApi::class)
private class WakingDispatcher(private val inner: TestDispatcher, private val woken: Semaphore) :
    CoroutineDispatcher(), Delay by inner {
    override fun dispatch(context: CoroutineContext, block: Runnable) {
        inner.dispatch(context, block)
        woken.release()
    }
}

/** A citizen's phone with the app open, as it was left. */
class Phone(
    private val stage: Stage,
    name: String,
    keystore: Keystore = MaskKeystore(),
    at: String = stage.city.address,
    signer: Signer? = null,
) {
    val wallet: Wallet = Wallet.open(stage.city.config(name, at), keystore, stage.clock, KeepingLog(), signer)
    private val work = stage.work()
    val life = WalletLife(wallet, work)
    val album = KeepingAlbum()
    val enrol = EnrolModel(life)
    val codes = CodesModel(life, album)
    val family = FamilyModel(life)
    val challenge = ChallengeModel(life)
    val paper = PaperModel(life)

    /** Begins, and waits until the first refresh was answered or failed. */
    fun begin() = with(stage) {
        life.start()
        settle()
        life.shows { !it.fetching }
    }

    /** Enrols as somebody, by the screens. */
    fun enrolAs(idNumber: String): Phone = with(stage) {
        begin()
        enrol.type(city.activation(idNumber))
        enrol.enrol()
        settle()
        enrol.agree()
        enrol.shows { it.enrolled }
        codes.shows { it.live != null && !it.refreshing }
        this@Phone
    }

    /** The system kills the app: nobody is told, and nothing is closed. */
    fun kill() {
        work.scope.cancel()
        stage.settle()
        wallet.destroy()
    }
}

/** A staff member's phone, as it was left. */
class Staff(private val stage: Stage, private val name: String, at: String = stage.city.address) {
    val station: Station = Station.open(stage.city.config(name, at), MaskKeystore(), stage.clock, KeepingLog())
    private val work = stage.work()
    val life = StationLife(station, work)
    val signals = KeepingSignals()
    val enrol = EnrolModel(life)
    val sampling = SamplingModel(life, signals, stage.uptime)
    val door = DoorModel(life, signals, stage.uptime)

    /** Begins, enrols by the screens and knows what the issuer knows. */
    fun enrolled(): Staff = with(stage) {
        life.start()
        settle()
        enrol.type(city.stationActivation(name))
        enrol.enrol()
        enrol.shows { it.enrolled }
        life.shows { it.trouble == null && !it.fetching }
        sampling.shows { it.status?.asOf != null }
        this@Staff
    }

    /** The system kills the app. */
    fun kill() {
        work.scope.cancel()
        stage.settle()
        station.destroy()
    }
}

/** Keeps the pictures that are saved, or has no room. */
class KeepingAlbum : Album {
    val pictures = mutableListOf<ByteArray>()
    var full = false

    override fun save(name: String, picture: ByteArray) {
        check(!full) { "no room" }
        pictures.add(picture)
    }
}

/** Keeps the signals that are given. */
class KeepingSignals : Signals {
    val given = mutableListOf<Signal>()

    override fun give(signal: Signal) {
        given.add(signal)
    }
}
