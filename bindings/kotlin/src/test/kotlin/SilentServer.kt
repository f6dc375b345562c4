import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** Takes connections and never answers: a network in which a call stays under way for as long as a test likes. */
class SilentServer : AutoCloseable {
    private val socket = ServerSocket(0, 8, InetAddress.getLoopbackAddress())

    val address = "http://127.0.0.1:${socket.localPort}"

    /** Returns once somebody has connected and sent something; the connection stays open, and silent. */
    suspend fun somebodyAsked(): Socket = withContext(Dispatchers.IO) {
        socket.accept().also {
            it.soTimeout = PATIENCE_MS
            check(it.getInputStream().read() >= 0) { "nothing was asked" }
        }
    }

    override fun close() = socket.close()

    companion object {
        private const val PATIENCE_MS = 60_000

        /** Returns once the other side has given up. */
        suspend fun awaitEnd(connection: Socket) = withContext(Dispatchers.IO) {
            connection.getInputStream().readAllBytes()
        }
    }
}
