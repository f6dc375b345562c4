package app.suima.app.entry

import android.Manifest
import android.annotation.SuppressLint
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.provider.Settings
import android.view.KeyEvent
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.result.contract.ActivityResultContracts.GetContent
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import app.suima.app.BuildConfig
import app.suima.app.platform.CodeWindow
import app.suima.app.platform.Destination
import app.suima.app.platform.NetworkWatch
import app.suima.app.platform.PictureAlbum
import app.suima.app.platform.PictureReader
import app.suima.app.platform.Shell
import app.suima.app.platform.ShellHost
import app.suima.app.platform.WedgeInput
import app.suima.app.platform.reportIntent
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** The one window. It does what only an activity can; everything else is the shell's. */
class MainActivity : ComponentActivity(), ShellHost {
    private val app get() = application as SuimaApplication
    private val scope = MainScope()
    private val shell by lazy { Shell(app.core, this, scope) }
    private val scanner = WedgeInput { character -> shell.typed(character) }
    private var network: NetworkWatch? = null
    private var onceAllowed: (() -> Unit)? = null

    private val picture = registerForActivityResult(GetContent()) { uri -> if (uri != null) read(uri) }
    private val album = registerForActivityResult(RequestPermission()) { onceAllowed?.invoke() }
    private val notifications = registerForActivityResult(RequestPermission()) {}
    private val camera = registerForActivityResult(RequestPermission()) { allowed ->
        // Once it was refused for good, the system asks no more.
        if (!allowed && !shouldShowRequestPermissionRationale(Manifest.permission.CAMERA)) openSettings()
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        shell.begin(Destination.of(intent.action))
        val codeWindow = CodeWindow(window)
        setContent {
            App(
                app.core,
                shell,
                onAllowCamera = { camera.launch(Manifest.permission.CAMERA) },
                onShowing = { showing, takesScanner ->
                    codeWindow.show(showing)
                    scanner.isListening = takesScanner
                },
            )
        }
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        shell.go(Destination.of(intent.action))
    }

    override fun onStart() {
        super.onStart()
        shell.appear()
        network = NetworkWatch(this) { shell.online() }
    }

    override fun onStop() {
        network?.close()
        shell.disappear()
        super.onStop()
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    @SuppressLint("RestrictedApi") // Android's own method, which androidx hides.
    override fun dispatchKeyEvent(event: KeyEvent): Boolean = scanner.take(event) || super.dispatchKeyEvent(event)

    override fun choosePicture() = picture.launch("image/*")

    override fun onceAlbumIsAllowed(then: () -> Unit) {
        if (!app.core.album.needsPermission) return then()
        // Also where it was refused: the model says that nothing was saved, and why.
        onceAllowed = then
        album.launch(PictureAlbum.PERMISSION)
    }

    override fun askForNotifications() {
        if (app.notifier.needsPermission) notifications.launch(Manifest.permission.POST_NOTIFICATIONS)
    }

    override fun report() = startActivity(reportIntent(BuildConfig.VERSION_NAME, app.core.settings.state.value.language))

    private fun read(uri: Uri) {
        scope.launch {
            shell.chosen(withContext(Dispatchers.Default) { PictureReader(applicationContext).read(uri) })
        }
    }

    private fun openSettings() {
        val page = Uri.fromParts("package", packageName, null)
        startActivity(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, page))
    }
}
