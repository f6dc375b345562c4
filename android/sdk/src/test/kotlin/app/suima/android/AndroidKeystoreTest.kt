package app.suima.android

import android.security.KeyStoreException
import android.security.keystore.KeyProperties
import java.security.ProviderException
import java.security.Security
import java.security.UnrecoverableKeyException
import kotlin.test.AfterTest
import kotlin.test.BeforeTest
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import suima.KeystoreException

/** The port to the Android Keystore, through Java's interfaces. */
class AndroidKeystoreTest {
    private val phone = PhoneKeystore()
    private val key = ByteArray(32) { it.toByte() }

    @BeforeTest
    fun `the phone has a keystore`() {
        Security.addProvider(phone)
    }

    @AfterTest
    fun `the next phone has its own`() {
        Security.removeProvider(phone.name)
    }

    @Test
    fun `what was sealed is opened in a later run too, and is sealed another time each time`() {
        val sealed = port().seal(key)
        assertContentEquals(key, port().unseal(sealed))
        assertNotEquals(sealed.toList(), port().seal(key).toList())
        assertEquals(setOf(ALIAS), phone.kept.keys)
    }

    @Test
    fun `the key is of 256 bits, asks for no user and works while the phone is locked`() {
        port().seal(key)
        val spec = phone.specs.single()
        assertEquals(256, spec.keySize)
        assertEquals(listOf(KeyProperties.BLOCK_MODE_GCM), spec.blockModes.toList())
        assertFalse(spec.isUserAuthenticationRequired)
        assertFalse(spec.isUnlockedDeviceRequired)
        assertFalse(spec.isStrongBoxBacked)
    }

    @Test
    fun `what a backup restored on another phone is gone`() {
        val sealed = port().seal(key)
        phone.kept.clear()
        assertFailsWith<KeystoreException.Gone> { port().unseal(sealed) }
        assertEquals(emptySet(), phone.kept.keys, "the key that the keystore was tried with is gone too")
    }

    @Test
    fun `a keystore that finds nothing at all is unavailable, and opens once it is well`() {
        val sealed = port().seal(key)
        phone.isBlind = true
        assertFailsWith<KeystoreException.Unavailable> { port().unseal(sealed) }
        phone.isBlind = false
        assertContentEquals(key, port().unseal(sealed))
    }

    @Test
    fun `a keystore that fails is unavailable, and opens once it is well`() {
        val sealed = port().seal(key)
        phone.onFind = { throw ProviderException("the keystore died with alias $ALIAS") }
        val failure = assertFailsWith<KeystoreException.Unavailable> { port().unseal(sealed) }
        assertEquals("ProviderException", failure.reason)
        assertFailsWith<KeystoreException.Unavailable> { port().seal(key) }
        phone.onFind = {}
        assertContentEquals(key, port().unseal(sealed))
    }

    @Test
    fun `what another key sealed, or sealed for another store, is gone`() {
        val sealed = port().seal(key)
        val right = phone.kept.getValue(ALIAS)
        phone.kept.clear()
        port().seal(key)
        assertFailsWith<KeystoreException.Gone> { port().unseal(sealed) }
        phone.kept["suima.station"] = right
        assertFailsWith<KeystoreException.Gone> { AndroidKeystore("suima.station", SDK).unseal(sealed) }
    }

    @Test
    fun `one bit that was changed is noticed`() {
        val sealed = port().seal(key)
        for (at in 1 until sealed.size) {
            val changed = sealed.copyOf().also { it[at] = (it[at].toInt() xor 1).toByte() }
            assertFailsWith<KeystoreException.Gone>("byte $at") { port().unseal(changed) }
        }
    }

    @Test
    fun `a key that was invalidated is gone, and the next store gets a new one`() {
        val sealed = port().seal(key)
        val old = phone.kept.getValue(ALIAS)
        phone.onFind = {
            if (phone.kept[ALIAS] === old) throw UnrecoverableKeyException().initCause(KeyStoreException(INVALIDATED, ""))
        }
        assertFailsWith<KeystoreException.Gone> { port().unseal(sealed) }
        assertContentEquals(key, port().unseal(port().seal(key)))
        assertNotEquals(old, phone.kept[ALIAS])
    }

    private fun port() = AndroidKeystore(ALIAS, SDK)

    private companion object {
        const val ALIAS = "suima.wallet"
        const val SDK = 34
        const val INVALIDATED = 17
    }
}
