package app.suima.android

import android.security.KeyStoreException
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.StrongBoxUnavailableException
import android.security.keystore.UserNotAuthenticatedException
import java.security.GeneralSecurityException
import java.security.InvalidKeyException
import java.security.KeyStoreException as JavaKeyStoreException
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.IllegalBlockSizeException
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse

/** What a citizen keeps or loses hangs on this: `GONE` empties a wallet. */
class KeystoreFateTest {
    @Test
    fun `a key that was invalidated is gone`() {
        gone(KeyPermanentlyInvalidatedException("the screen lock was removed"))
        gone(InvalidKeyException("cannot be used", KeyPermanentlyInvalidatedException()))
    }

    @Test
    fun `what another key sealed is gone, as after a restored backup`() {
        gone(AEADBadTagException("mac check failed"))
    }

    @Test
    fun `a key that the keystore calls corrupted, invalidated or not there is gone`() {
        for (code in listOf(KEY_NOT_FOUND, VALUE_CORRUPTED, KEY_PERMANENTLY_INVALIDATED)) {
            gone(UnrecoverableKeyException("").initCause(coded(code)))
            gone(ProviderException("", coded(code)))
        }
    }

    @Test
    fun `every other code of the keystore and of the secure hardware says nothing about the key`() {
        val final = setOf(KEY_NOT_FOUND, VALUE_CORRUPTED, KEY_PERMANENTLY_INVALIDATED)
        for (code in (-80..17) - final) unknown(IllegalBlockSizeException().initCause(coded(code)))
    }

    @Test
    fun `before Android 13 the keystore's codes were others and are not believed`() {
        val failure = coded(KEY_NOT_FOUND)
        assertEquals(Fate.UNKNOWN, fateAfter(failure, sdk = 32))
        assertEquals(Fate.GONE, fateAfter(failure, sdk = 33))
    }

    @Test
    fun `a phone that waits for its user keeps the key, whatever stands around it`() {
        unknown(UserNotAuthenticatedException("unlock the phone"))
        unknown(KeyPermanentlyInvalidatedException("misled", UserNotAuthenticatedException()))
    }

    @Test
    fun `busy hardware, a dead keystore and the unheard of keep the key`() {
        unknown(StrongBoxUnavailableException("full"))
        unknown(ProviderException("Keystore operation failed"))
        unknown(JavaKeyStoreException("not loaded"))
        unknown(UnrecoverableKeyException("Failed to obtain information about key"))
        unknown(InvalidKeyException("Keystore operation failed"))
        unknown(GeneralSecurityException())
        unknown(IllegalStateException("the keystore finds no key"))
        unknown(NullPointerException())
        unknown(StackOverflowError())
    }

    @Test
    fun `causes that go round in a circle come to an end`() {
        val first = IllegalStateException()
        first.initCause(RuntimeException(first))
        unknown(first)
        assertEquals(8, reasonOf(first).split(" < ").size)
    }

    @Test
    fun `the log learns the kinds of failures and not what the platform says of them`() {
        val reason = reasonOf(ProviderException("alias suima.wallet of user 10", coded(LOCKED)))
        assertEquals("ProviderException < KeyStoreException", reason)
        assertFalse("alias" in reason)
    }

    private fun gone(failure: Throwable) = assertEquals(Fate.GONE, fateAfter(failure, SDK), "$failure")

    private fun unknown(failure: Throwable) = assertEquals(Fate.UNKNOWN, fateAfter(failure, SDK), "$failure")

    /** As the system itself makes it, from a code of the keystore (positive) or of the hardware (negative). */
    private fun coded(code: Int) = KeyStoreException(code, "")

    private companion object {
        const val SDK = 34
        const val LOCKED = 2
        const val KEY_NOT_FOUND = 7
        const val VALUE_CORRUPTED = 8
        const val KEY_PERMANENTLY_INVALIDATED = 17
    }
}
