package app.suima.android

import android.os.Build
import java.security.Key
import javax.crypto.Cipher
import javax.crypto.spec.GCMParameterSpec
import suima.Keystore
import suima.KeystoreException

/**
 * The core's port to the Android Keystore: seals the key of a store under an AES-256-GCM key that never leaves the phone.
 *
 * Keys of the Android Keystore are in no backup and do not outlive the app. What is restored on another phone therefore
 * finds no key, which is told as `Gone`: the core wipes and says so.
 *
 * @param alias names the key in the Android Keystore; every store has one of its own
 */
class AndroidKeystore internal constructor(private val alias: String, private val sdk: Int) : Keystore {
    constructor(alias: String) : this(alias, Build.VERSION.SDK_INT)

    override fun seal(key: ByteArray): ByteArray = unlessUnavailable {
        try {
            val keys = PhoneKeys()
            seal(keys.find(alias) ?: keys.makeSealing(alias), key)
        } catch (failure: Exception) {
            // The old key was invalidated for good: what it sealed is lost already.
            if (fateAfter(failure, sdk) != Fate.GONE) throw failure
            val keys = PhoneKeys()
            keys.delete(alias)
            seal(keys.makeSealing(alias), key)
        }
    }

    override fun unseal(sealed: ByteArray): ByteArray = unlessUnavailable {
        try {
            unseal(PhoneKeys().need(alias), SealedKey.of(sealed))
        } catch (failure: Exception) {
            throw if (fateAfter(failure, sdk) == Fate.GONE) KeystoreException.Gone() else failure
        }
    }

    private fun seal(sealing: Key, key: ByteArray): ByteArray {
        val cipher = Cipher.getInstance(CIPHER)
        // The keystore draws the nonce, and refuses one of ours.
        cipher.init(Cipher.ENCRYPT_MODE, sealing)
        cipher.updateAAD(alias.toByteArray())
        return SealedKey(cipher.iv, cipher.doFinal(key)).toBytes()
    }

    private fun unseal(sealing: Key, sealed: SealedKey): ByteArray {
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.DECRYPT_MODE, sealing, GCMParameterSpec(SealedKey.TAG_BITS, sealed.nonce))
        cipher.updateAAD(alias.toByteArray())
        return cipher.doFinal(sealed.ciphertext)
    }

    private companion object {
        const val CIPHER = "AES/GCM/NoPadding"
    }
}

/** Tells whatever fails as unavailable, except what is told as what it is. */
private inline fun <Answer> unlessUnavailable(call: () -> Answer): Answer = try {
    call()
} catch (told: KeystoreException) {
    throw told
} catch (failure: Exception) {
    throw KeystoreException.Unavailable(reasonOf(failure))
}
