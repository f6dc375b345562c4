package app.suima.android

import android.security.keystore.StrongBoxUnavailableException
import java.security.KeyFactory
import java.security.ProviderException
import java.security.PublicKey
import java.security.Security
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.X509EncodedKeySpec
import kotlin.test.AfterTest
import kotlin.test.BeforeTest
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue
import suima.SignerException
import suima.SignerKey

/** The port to keys in hardware, through Java's interfaces. */
class AndroidSignerTest {
    private val phone = PhoneKeystore()
    private val message = "suima/live".toByteArray()

    @BeforeTest
    fun `the phone has a keystore`() {
        Security.addProvider(phone)
    }

    @AfterTest
    fun `the next phone has its own`() {
        Security.removeProvider(phone.name)
    }

    @Test
    fun `a later run finds the key again, and what it signs is ECDSA of P-256 with SHA-256 in DER`() {
        val made = signer().create()
        val public = publicKey(made)
        assertEquals(256, (public as ECPublicKey).params.curve.field.fieldSize)
        val signature = signer().sign(made.handle, message)
        assertTrue(verifies(public, signature))
        assertEquals(0x30, signature[0])
    }

    @Test
    fun `every holding has a key of its own`() {
        val first = signer().create()
        val second = signer().create()
        assertNotEquals(first.handle.toList(), second.handle.toList())
        assertFalse(verifies(publicKey(second), signer().sign(first.handle, message)))
    }

    @Test
    fun `keys ask for no user and work while the phone is locked`() {
        signer(strongBox = true).create()
        val spec = phone.specs.single()
        assertFalse(spec.isUserAuthenticationRequired)
        assertFalse(spec.isUnlockedDeviceRequired)
    }

    @Test
    fun `the secure element is used where there is one`() {
        signer(strongBox = true).create()
        signer(strongBox = false).create()
        assertEquals(listOf(true, false), phone.specs.map { it.isStrongBoxBacked })
    }

    @Test
    fun `a secure element that is full is done without, whichever way it says so`() {
        for (trouble in listOf(StrongBoxUnavailableException("full"), ProviderException("Keystore key generation failed"))) {
            phone.strongBoxTrouble = trouble
            phone.specs.clear()
            val made = signer(strongBox = true).create()
            assertEquals(listOf(true, false), phone.specs.map { it.isStrongBoxBacked })
            assertTrue(verifies(publicKey(made), signer().sign(made.handle, message)))
        }
    }

    @Test
    fun `a key that was removed is gone, and removing it again is no trouble`() {
        val made = signer().create()
        signer().remove(made.handle)
        assertFailsWith<SignerException.Gone> { signer().sign(made.handle, message) }
        signer().remove(made.handle)
    }

    @Test
    fun `busy hardware is unavailable, and signs once it is not`() {
        val made = signer().create()
        phone.onFind = { throw ProviderException("busy") }
        val failure = assertFailsWith<SignerException.Unavailable> { signer().sign(made.handle, message) }
        assertEquals("ProviderException", failure.reason)
        phone.onFind = {}
        phone.isBlind = true
        assertFailsWith<SignerException.Unavailable> { signer().sign(made.handle, message) }
        phone.isBlind = false
        assertTrue(verifies(publicKey(made), signer().sign(made.handle, message)))
    }

    @Test
    fun `a handle reaches no other key of the app`() {
        AndroidKeystore("suima.wallet", SDK).seal(ByteArray(32))
        val foreign = "suima.wallet".toByteArray()
        assertFailsWith<SignerException.Gone> { signer().sign(foreign, message) }
        signer().remove(foreign)
        assertTrue("suima.wallet" in phone.kept)
    }

    private fun signer(strongBox: Boolean = false) = AndroidSigner(strongBox, SDK)

    private fun publicKey(made: SignerKey): PublicKey =
        KeyFactory.getInstance("EC").generatePublic(X509EncodedKeySpec(made.publicKey))

    private fun verifies(public: PublicKey, signature: ByteArray): Boolean =
        Signature.getInstance("SHA256withECDSA").run {
            initVerify(public)
            update(message)
            verify(signature)
        }

    private companion object {
        const val SDK = 34
    }
}
