package app.suima.android

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.security.Key
import java.security.KeyStore
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey

/** The Android Keystore's name among Java's providers. */
internal const val PROVIDER = "AndroidKeyStore"

/** The app's keys in the Android Keystore, by their names there. */
internal class PhoneKeys {
    private val store: KeyStore = KeyStore.getInstance(PROVIDER).apply { load(null) }

    /** The key of this name; none where the keystore names none. */
    fun find(alias: String): Key? = store.getKey(alias, null)

    /**
     * The key of this name.
     *
     * @throws KeyGoneException where there is none for good
     * @throws IllegalStateException where the keystore does not answer at this moment
     */
    fun need(alias: String): Key = find(alias) ?: throw missing()

    /** Forgets the key of this name, where there is one. */
    fun delete(alias: String) = store.deleteEntry(alias)

    /**
     * Makes a key for AES-256-GCM.
     *
     * It asks for no user: codes are shown with the phone in one hand. It works with the phone locked: a station writes with
     * the screen off, and a job refreshes at night. So neither `setUserAuthenticationRequired` nor
     * `setUnlockedDeviceRequired`. It is not in StrongBox, which is slow, and busy with few operations at a time.
     */
    fun makeSealing(alias: String): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec = KeyGenParameterSpec.Builder(alias, purposes)
            .setKeySize(256)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .build()
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
        generator.init(spec)
        return generator.generateKey()
    }

    /**
     * A keystore that is out of order may find nothing either. So a key counts as gone only while the keystore makes and
     * finds another.
     */
    private fun missing(): Exception {
        makeSealing(PROBE)
        val answers = find(PROBE) != null
        delete(PROBE)
        return if (answers) KeyGoneException() else IllegalStateException("the keystore finds no key")
    }

    private companion object {
        const val PROBE = "suima.probe"
    }
}
