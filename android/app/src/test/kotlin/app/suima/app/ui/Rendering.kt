package app.suima.app.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.snapshots.Snapshot
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.input.pointer.PointerEventType
import androidx.compose.ui.input.pointer.PointerType
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.getAllSemanticsNodes
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Density
import app.suima.app.model.Language
import app.suima.app.model.SettingsState
import java.awt.image.BufferedImage
import java.io.ByteArrayInputStream
import java.lang.reflect.Proxy
import javax.imageio.ImageIO
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.Dispatchers
import org.jetbrains.skia.EncodedImageFormat

/** A phone's screen, in dp. */
data class Window(val width: Int, val height: Int, val density: Float) {
    override fun toString() = "${width}x$height"

    companion object {
        /** What elders have: small and old. */
        val SMALL = Window(360, 640, 1.5f)
        val LARGE = Window(412, 892, 1f)
    }
}

/** How a screen is looked at. */
data class Look(
    val language: Language = Language.ZH,
    val elder: Boolean = false,
    val dark: Boolean = false,
    val window: Window = Window.SMALL,
) {
    override fun toString() =
        listOfNotNull(language.name.lowercase(), "elder".takeIf { elder }, "dark".takeIf { dark }, "$window").joinToString("-")
}

/** A screen that is drawn, and can be pressed. Frames come when they are asked for: nothing waits. */
class Rendering(state: AppState, val look: Look) : AutoCloseable {
    /** What the screen asked for, as names of the methods with what was given. */
    val asked = mutableListOf<String>()

    private val actions = AppActions(
        recording(), recording(), recording(), recording(), recording(), recording(), recording(), recording(), recording(), recording(),
    )
    private var frame = 0L
    private var failed: Throwable? = null
    private val current = mutableStateOf(state.inLook())
    private val scene = ImageComposeScene(
        (look.window.width * look.window.density).toInt(),
        (look.window.height * look.window.density).toInt(),
        Density(look.window.density),
        coroutineContext = Dispatchers.Unconfined + CoroutineExceptionHandler { _, failure -> failed = failure },
    )

    init {
        scene.setContent { Current() }
        settle()
    }

    /** Draws this state in the place of the one before, as a model would have it. */
    fun show(state: AppState) {
        current.value = state.inLook()
        settle()
    }

    private fun AppState.inLook() = copy(settings = SettingsState(look.language, look.elder))

    @Composable
    private fun Current() = AppScreen(current.value, actions, { _, modifier -> Finder(modifier) }, dark = look.dark)

    /** Draws until nothing moves. */
    fun settle() {
        repeat(FRAMES) {
            // On a phone the main thread does this between frames.
            Snapshot.sendApplyNotifications()
            scene.render(frame)
            frame += FRAME
            failed?.let { throw it }
        }
    }

    /** The picture, as PNG. */
    fun png(): ByteArray = scene.render(frame).encodeToData(EncodedImageFormat.PNG)!!.bytes

    fun picture(): BufferedImage = ImageIO.read(ByteArrayInputStream(png()))

    /** Everything that is on the screen, each on its own. */
    fun nodes(): List<SemanticsNode> = scene.roots.flatMap { it.semanticsOwner.getAllSemanticsNodes(mergingEnabled = false) }

    /** Everything that is on the screen, as a screen reader meets it. */
    fun told(): List<SemanticsNode> = scene.roots.flatMap { it.semanticsOwner.getAllSemanticsNodes(mergingEnabled = true) }

    /** Presses what says this. */
    fun press(label: String) {
        val node = told().filter { SemanticsActions.OnClick in it.config }.firstOrNull { label in it.words() }
            ?: error("nothing to press says $label")
        node.config[SemanticsActions.OnClick].action!!.invoke()
        settle()
    }

    /** Drags a finger across the screen, from right to left. */
    fun swipe() {
        val y = look.window.height * look.window.density * .4f
        val width = look.window.width * look.window.density
        val send = { type: PointerEventType, x: Float ->
            scene.sendPointerEvent(
                type,
                Offset(x, y),
                timeMillis = frame / 1_000_000,
                type = PointerType.Touch,
            )
            scene.render(frame)
            frame += FRAME
        }
        send(PointerEventType.Press, width * .9f)
        for (step in 1..8) send(PointerEventType.Move, width * (.9f - .1f * step))
        send(PointerEventType.Release, width * .1f)
        repeat(8) { settle() }
    }

    override fun close() = scene.close()

    private inline fun <reified T> recording(): T {
        val type = T::class.java
        return Proxy.newProxyInstance(type.classLoader, arrayOf(type)) { self, method, given ->
            when (method.name) {
                "equals" -> self === given[0]
                "hashCode" -> System.identityHashCode(self)
                "toString" -> type.simpleName
                else -> asked += method.name.substringBefore('-') + given.orEmpty().joinToString(", ", "(", ")")
            }
        } as T
    }

    private companion object {
        const val FRAME = 16_000_000L
        const val FRAMES = 3
    }
}

/** What a node says, to eyes and to a screen reader. */
fun SemanticsNode.words(): List<String> =
    config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text } +
        config.getOrNull(SemanticsProperties.ContentDescription).orEmpty()

/** In the place of the camera's picture. */
@Composable
private fun Finder(modifier: Modifier) =
    Box(modifier.background(Color(0xFF2A2F33)).semantics { contentDescription = "camera" })
