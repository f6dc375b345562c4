package app.suima.android

import android.security.keystore.KeyGenParameterSpec
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.KeyPairGeneratorSpi
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.ProviderException
import java.security.SecureRandom
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGenerator
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey

/** The Android Keystore as apps see it, through Java's interfaces, on a plain JVM; with what can go wrong with it. */
class PhoneKeystore : Provider("AndroidKeyStore", "1", "keys in memory") {
    /** The keys, by their names. */
    val kept = mutableMapOf<String, Key>()

    /** What keys were asked for, the last one last. */
    val specs = mutableListOf<KeyGenParameterSpec>()

    /** What happens when a key is looked for; nothing while it is well. */
    var onFind: () -> Unit = {}

    /** Finds no key, though the keys are there. */
    var isBlind = false

    /** Why the secure element makes no key; none while it makes some. */
    var strongBoxTrouble: ProviderException? = null

    init {
        serve("KeyStore", "AndroidKeyStore") { Store() }
        serve("KeyGenerator", "AES") { SecretGenerator() }
        serve("KeyPairGenerator", "EC") { PairGenerator() }
    }

    private fun serve(type: String, algorithm: String, make: () -> Any) =
        putService(object : Service(this, type, algorithm, type, null, null) {
            override fun newInstance(parameter: Any?): Any = make()
        })

    private fun take(parameters: AlgorithmParameterSpec): KeyGenParameterSpec {
        val spec = parameters as KeyGenParameterSpec
        specs += spec
        if (spec.isStrongBoxBacked) strongBoxTrouble?.let { throw it }
        return spec
    }

    private inner class SecretGenerator : KeyGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun engineInit(parameters: AlgorithmParameterSpec, random: SecureRandom?) {
            spec = take(parameters)
        }

        override fun engineInit(random: SecureRandom?) = throw UnsupportedOperationException()

        override fun engineInit(size: Int, random: SecureRandom?) = throw UnsupportedOperationException()

        override fun engineGenerateKey(): SecretKey {
            val key = KeyGenerator.getInstance("AES", "SunJCE").apply { init(spec.keySize) }.generateKey()
            return key.also { kept[spec.keystoreAlias] = it }
        }
    }

    private inner class PairGenerator : KeyPairGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun initialize(parameters: AlgorithmParameterSpec, random: SecureRandom?) {
            spec = take(parameters)
        }

        override fun initialize(size: Int, random: SecureRandom?) = throw UnsupportedOperationException()

        override fun generateKeyPair(): KeyPair {
            val generator = KeyPairGenerator.getInstance("EC", "SunEC")
            generator.initialize(spec.algorithmParameterSpec)
            return generator.generateKeyPair().also { kept[spec.keystoreAlias] = it.private }
        }
    }

    private inner class Store : KeyStoreSpi() {
        override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit

        override fun engineGetKey(alias: String, password: CharArray?): Key? {
            onFind()
            return if (isBlind) null else kept[alias]
        }

        override fun engineDeleteEntry(alias: String) {
            kept -= alias
        }

        override fun engineContainsAlias(alias: String) = alias in kept

        override fun engineAliases(): Enumeration<String> = Collections.enumeration(kept.keys)

        override fun engineSize() = kept.size

        override fun engineIsKeyEntry(alias: String) = alias in kept

        override fun engineIsCertificateEntry(alias: String) = false

        override fun engineGetCertificate(alias: String): Certificate? = null

        override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null

        override fun engineGetCertificateAlias(certificate: Certificate): String? = null

        override fun engineGetCreationDate(alias: String): Date? = null

        override fun engineSetKeyEntry(alias: String, key: Key, password: CharArray?, chain: Array<Certificate>?) =
            throw UnsupportedOperationException()

        override fun engineSetKeyEntry(alias: String, key: ByteArray, chain: Array<Certificate>?) =
            throw UnsupportedOperationException()

        override fun engineSetCertificateEntry(alias: String, certificate: Certificate) =
            throw UnsupportedOperationException()

        override fun engineStore(stream: OutputStream?, password: CharArray?) = throw UnsupportedOperationException()
    }
}
