package app.suima.android

/**
 * A sealed key as bytes: the version of this layout, the nonce, the ciphertext with its tag.
 *
 * The version is there for a later app, which an earlier one must not take for damage.
 */
internal class SealedKey(val nonce: ByteArray, val ciphertext: ByteArray) {
    fun toBytes(): ByteArray = byteArrayOf(VERSION) + nonce + ciphertext

    companion object {
        private const val VERSION: Byte = 1

        /** Of AES-GCM in the Android Keystore, in bytes. */
        const val NONCE = 12

        /** Of AES-GCM, in bits. */
        const val TAG_BITS = 128

        /**
         * Takes the bytes apart.
         *
         * @throws KeyGoneException where they were cut short, so that no key opens them
         * @throws IllegalStateException where a later version of the app made them
         */
        fun of(bytes: ByteArray): SealedKey {
            if (bytes.size < 1 + NONCE + TAG_BITS / 8) throw KeyGoneException()
            check(bytes[0] == VERSION) { "sealed by another version of the app" }
            return SealedKey(
                nonce = bytes.copyOfRange(1, 1 + NONCE),
                ciphertext = bytes.copyOfRange(1 + NONCE, bytes.size),
            )
        }
    }
}
