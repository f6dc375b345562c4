package app.suima.app.platform

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network

/**
 * Tells when the phone has a network again: the moment to refresh, to sync, to upload.
 *
 * It does not ask whether the system believes that the network reaches the internet: that is tested against servers which
 * are out of reach in some places where the issuer is not.
 *
 * @param onNetwork called on any thread; not for the network that is there at the start
 */
class NetworkWatch(context: Context, private val onNetwork: () -> Unit) : AutoCloseable {
    private val manager = context.getSystemService(ConnectivityManager::class.java)

    private val callback = object : ConnectivityManager.NetworkCallback() {
        private var known: Network? = manager.activeNetwork

        override fun onAvailable(network: Network) {
            if (network != known) onNetwork()
            known = network
        }

        override fun onLost(network: Network) {
            known = null
        }
    }

    init {
        manager.registerDefaultNetworkCallback(callback)
    }

    override fun close() = manager.unregisterNetworkCallback(callback)
}
