package app.suima.android

import android.annotation.SuppressLint
import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.PrivateKey
import java.security.ProviderException
import java.security.SecureRandom
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import suima.Signer
import suima.SignerException
import suima.SignerKey

/**
 * The core's port to keys for signing in hardware: P-256 keys that never leave the phone's secure element (StrongBox), where
 * there is one with room, else its trusted execution environment.
 *
 * They ask for no user and work with the phone locked, as the key that seals the store does.
 */
@SuppressLint("NewApi") // It is given the version, so that every version can be tested.
class AndroidSigner internal constructor(private val hasStrongBox: Boolean, private val sdk: Int) : Signer {
    constructor(context: Context) : this(
        hasStrongBox = Build.VERSION.SDK_INT >= Build.VERSION_CODES.P &&
            context.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE),
        sdk = Build.VERSION.SDK_INT,
    )

    override fun create(): SignerKey = unlessUnavailable {
        val alias = PREFIX + hex(ByteArray(16).also(SecureRandom()::nextBytes))
        val pair = (if (hasStrongBox) madeInStrongBox(alias) else null) ?: made(alias, strongBox = false)
        SignerKey(handle = alias.toByteArray(), publicKey = pair.public.encoded)
    }

    override fun sign(handle: ByteArray, message: ByteArray): ByteArray = unlessUnavailable {
        try {
            val signature = Signature.getInstance(ALGORITHM)
            val alias = aliasOf(handle) ?: throw KeyGoneException()
            signature.initSign(PhoneKeys().need(alias) as PrivateKey)
            signature.update(message)
            signature.sign()
        } catch (failure: Exception) {
            throw if (fateAfter(failure, sdk) == Fate.GONE) SignerException.Gone() else failure
        }
    }

    override fun remove(handle: ByteArray) = unlessUnavailable {
        aliasOf(handle)?.let { PhoneKeys().delete(it) } ?: Unit
    }

    /**
     * A secure element holds few keys and does one thing at a time; a full or busy one is no reason to fail. Not every phone
     * says so by the exception that is meant for it, a `StrongBoxUnavailableException`.
     */
    private fun madeInStrongBox(alias: String): KeyPair? = try {
        made(alias, strongBox = true)
    } catch (_: ProviderException) {
        null
    }

    private fun made(alias: String, strongBox: Boolean): KeyPair {
        val spec = KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
            .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
            .setDigests(KeyProperties.DIGEST_SHA256)
        if (strongBox && sdk >= Build.VERSION_CODES.P) spec.setIsStrongBoxBacked(true)
        val generator = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, PROVIDER)
        generator.initialize(spec.build())
        return generator.generateKeyPair()
    }

    /** Only names that [create] gave: a handle names no other key of the app. */
    private fun aliasOf(handle: ByteArray): String? = handle.decodeToString().takeIf { it.startsWith(PREFIX) }

    private companion object {
        const val PREFIX = "suima.signer."
        const val ALGORITHM = "SHA256withECDSA"
    }
}

private fun hex(bytes: ByteArray): String = bytes.joinToString("") { "%02x".format(it) }

/** Tells whatever fails as unavailable, except what is told as what it is. */
private inline fun <Answer> unlessUnavailable(call: () -> Answer): Answer = try {
    call()
} catch (told: SignerException) {
    throw told
} catch (failure: Exception) {
    throw SignerException.Unavailable(reasonOf(failure))
}
