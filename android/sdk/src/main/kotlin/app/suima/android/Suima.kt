package app.suima.android

import android.content.Context
import java.io.File
import suima.Config
import suima.Roots
import suima.Station
import suima.Wallet

/**
 * The issuer that an app belongs to.
 *
 * @property url its address, `https://…`
 * @property roots the root keys that the app pins
 * @property pinnedCertificates certificates (DER) trusted beside the public ones
 */
data class Issuer(val url: String, val roots: Roots, val pinnedCertificates: List<ByteArray> = emptyList())

/** Where the keys are kept that a wallet signs with. */
enum class DeviceKeys {
    /** Ed25519, in the sealed store: fast, and the same on every phone. */
    SOFTWARE,

    /** P-256, in the phone's secure hardware: a key that nobody copies, for a signature that takes longer. */
    HARDWARE,
}

/**
 * Opens wallets and stations on Android, with the ports of this library.
 *
 * Files lie where no backup looks: a backup restores ciphertext and never its key. Opening reads a file and asks the
 * keystore, so call it off the main thread, once per process; `pause` and `resume` do the rest.
 */
object Suima {
    /**
     * Opens the citizen's wallet.
     *
     * @param debug whether the log keeps events that are only for whoever looks for a fault
     */
    fun openWallet(
        context: Context,
        issuer: Issuer,
        keys: DeviceKeys = DeviceKeys.SOFTWARE,
        debug: Boolean = false,
    ): Wallet = Wallet.open(
        config(context, issuer, WALLET),
        AndroidKeystore("suima.$WALLET"),
        AndroidClock(context),
        AndroidLog(debug),
        when (keys) {
            DeviceKeys.SOFTWARE -> null
            DeviceKeys.HARDWARE -> AndroidSigner(context)
        },
    )

    /** Opens the station of a sampling phone, a gate or a staff member at a door. */
    fun openStation(context: Context, issuer: Issuer, debug: Boolean = false): Station = Station.open(
        config(context, issuer, STATION),
        AndroidKeystore("suima.$STATION"),
        AndroidClock(context),
        AndroidLog(debug),
    )

    private fun config(context: Context, issuer: Issuer, store: String): Config {
        val folder = File(context.noBackupFilesDir, FOLDER)
        folder.mkdirs()
        return Config(
            path = File(folder, "$store.db").path,
            issuerUrl = issuer.url,
            pinnedCertificates = issuer.pinnedCertificates,
            roots = issuer.roots,
        )
    }

    /** Below `noBackupFilesDir`; the app's rules for backups name it too. */
    private const val FOLDER = "suima"
    private const val WALLET = "wallet"
    private const val STATION = "station"
}
