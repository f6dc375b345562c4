import java.math.BigInteger
import java.nio.ByteBuffer
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong
import suima.Signer
import suima.SignerException
import suima.SignerKey

/** Keys of P-256 that never leave it, as in the signing hardware of a phone; [shape] is how it writes what it gives. */
class P256Signer(private val shape: Shape = Shape.ANDROID) : Signer {
    enum class Shape(val highS: Boolean?) {
        /** As Android gives it: a SubjectPublicKeyInfo, DER, whichever `s`. */
        ANDROID(null),

        /** The same with the smaller `s` alone. */
        LOW_S(false),

        /** The same with the larger `s` alone. */
        HIGH_S(true),

        /** As the Secure Enclave gives it: an uncompressed point, and `r‖s`. */
        RAW(null),
    }

    enum class Mood { READY, UNAVAILABLE, THROWING, GONE }

    @Volatile
    var mood = Mood.READY

    /** How many signatures it was asked for. */
    val signed = AtomicInteger()

    private val keys = ConcurrentHashMap<ByteBuffer, KeyPair>()
    private val next = AtomicLong()

    /** How many keys are in it. */
    val size: Int
        get() = keys.size

    override fun create(): SignerKey {
        answerByMood()
        val generator = KeyPairGenerator.getInstance("EC")
        generator.initialize(ECGenParameterSpec("secp256r1"))
        val pair = generator.generateKeyPair()
        val handle = ByteBuffer.allocate(Long.SIZE_BYTES).putLong(next.incrementAndGet()).array()
        keys[ByteBuffer.wrap(handle)] = pair
        return SignerKey(handle, if (shape == Shape.RAW) point(pair) else pair.public.encoded)
    }

    override fun sign(handle: ByteArray, message: ByteArray): ByteArray {
        answerByMood()
        val pair = keys[ByteBuffer.wrap(handle)] ?: throw SignerException.Gone()
        signed.incrementAndGet()
        val raw = Signature.getInstance("SHA256withECDSAinP1363Format").run {
            initSign(pair.private)
            update(message)
            sign()
        }
        val r = BigInteger(1, raw.copyOfRange(0, HALF))
        val given = BigInteger(1, raw.copyOfRange(HALF, raw.size))
        val other = ORDER - given
        val s = when (shape.highS) {
            null -> given
            false -> given.min(other)
            true -> given.max(other)
        }
        return if (shape == Shape.RAW) r.fixed() + s.fixed() else der(r, s)
    }

    override fun remove(handle: ByteArray) {
        keys.remove(ByteBuffer.wrap(handle))
    }

    private fun answerByMood() = when (mood) {
        Mood.READY -> {}
        Mood.UNAVAILABLE -> throw SignerException.Unavailable("the phone was not unlocked yet")
        Mood.THROWING -> throw IllegalStateException("nobody declared this")
        Mood.GONE -> throw SignerException.Gone()
    }

    private companion object {
        const val HALF = 32

        /** Of the group of P-256. */
        val ORDER = BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)

        fun point(pair: KeyPair): ByteArray {
            val point = (pair.public as ECPublicKey).w
            return byteArrayOf(4) + point.affineX.fixed() + point.affineY.fixed()
        }

        fun BigInteger.fixed(): ByteArray {
            val bytes = toByteArray().dropWhile { it == 0.toByte() }.toByteArray()
            return ByteArray(HALF - bytes.size) + bytes
        }

        /** Both as INTEGERs in a SEQUENCE; all lengths are below 128. */
        fun der(r: BigInteger, s: BigInteger): ByteArray {
            val content = listOf(r, s).map { it.toByteArray() }.map { byteArrayOf(2, it.size.toByte()) + it }
            val both = content[0] + content[1]
            return byteArrayOf(0x30, both.size.toByte()) + both
        }
    }
}
