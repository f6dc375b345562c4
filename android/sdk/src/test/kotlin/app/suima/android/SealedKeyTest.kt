package app.suima.android

import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith

class SealedKeyTest {
    private val nonce = ByteArray(SealedKey.NONCE) { it.toByte() }
    private val ciphertext = ByteArray(48) { (100 + it).toByte() }

    @Test
    fun `what was put together comes apart again`() {
        val bytes = SealedKey(nonce, ciphertext).toBytes()
        assertEquals(1, bytes[0])
        val apart = SealedKey.of(bytes)
        assertContentEquals(nonce, apart.nonce)
        assertContentEquals(ciphertext, apart.ciphertext)
    }

    @Test
    fun `what was cut short no key ever opens`() {
        val bytes = SealedKey(nonce, ciphertext).toBytes()
        for (length in 0 until 1 + 12 + 16) {
            assertFailsWith<KeyGoneException>("$length bytes") { SealedKey.of(bytes.copyOf(length)) }
        }
    }

    @Test
    fun `what a later app sealed is not taken for damage`() {
        val bytes = SealedKey(nonce, ciphertext).toBytes()
        bytes[0] = 2
        val failure = assertFailsWith<IllegalStateException> { SealedKey.of(bytes) }
        assertEquals(Fate.UNKNOWN, fateAfter(failure, sdk = 34))
    }
}
