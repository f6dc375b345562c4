import Foundation
import Suima
import libcrypto

/// P-256 keys in OpenSSL; on a phone the Secure Enclave stands here.
///
/// Every other signature has the higher of the two possible `s`, as hardware gives them at random.
package final class P256Signer: Signer, @unchecked Sendable {
    /// How it writes public keys down.
    package enum Writing: CaseIterable, Sendable {
        /// A point of SEC 1, as Apple's `x963Representation` is.
        case point
        /// In X.509, as Java's `publicKey.encoded` is.
        case subjectPublicKeyInfo
    }

    package enum Mood: Sendable {
        case ready, unavailable, throwing, nonsense
    }

    private let writing: Writing
    private let lock = NSLock()
    private var keys: [Data: Key] = [:]
    private var current = Mood.ready
    private var made: UInt64 = 0
    private var count = 0

    package init(_ writing: Writing = .point) {
        self.writing = writing
    }

    package var mood: Mood {
        get { lock.withLock { current } }
        set { lock.withLock { current = newValue } }
    }

    /// How many keys there are.
    package var keyCount: Int {
        lock.withLock { keys.count }
    }

    /// How many signatures were made.
    package var signatureCount: Int {
        lock.withLock { count }
    }

    /// Loses all keys, as when a backup is restored on another phone.
    package func forget() {
        lock.withLock { keys = [:] }
    }

    package func create() throws -> SignerKey {
        try lock.withLock {
            try ready()
            let key = try Key()
            made += 1
            let handle = Data("key \(made)".utf8)
            keys[handle] = key
            return SignerKey(
                handle: handle,
                publicKey: writing == .point ? try key.point() : try key.subjectPublicKeyInfo())
        }
    }

    package func sign(handle: Data, message: Data) throws -> Data {
        try lock.withLock {
            try ready()
            guard let key = keys[handle] else {
                throw SignerError.Gone
            }
            if current == .nonsense {
                return Data([0x30, 0x00])
            }
            count += 1
            return try key.sign(message, highS: count.isMultiple(of: 2))
        }
    }

    package func remove(handle: Data) throws {
        try lock.withLock {
            try ready()
            keys[handle] = nil
        }
    }

    private func ready() throws {
        switch current {
        case .ready, .nonsense: break
        case .unavailable: throw SignerError.Unavailable(reason: "the phone was not unlocked yet")
        case .throwing: throw Undeclared()
        }
    }
}

/// A private key on the curve P-256.
private final class Key {
    private let key: OpaquePointer

    init() throws {
        let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard
            EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
            EVP_PKEY_keygen(context, &key) == 1, let key
        else {
            throw DidNotWork("OpenSSL made no key")
        }
        self.key = key
    }

    deinit {
        EVP_PKEY_free(key)
    }

    func point() throws -> Data {
        var point = [UInt8](repeating: 0, count: 65)
        var count = 0
        guard EVP_PKEY_get_octet_string_param(key, "pub", &point, point.count, &count) == 1, count == 65 else {
            throw DidNotWork("OpenSSL gave no point")
        }
        return Data(point)
    }

    func subjectPublicKeyInfo() throws -> Data {
        try written { i2d_PUBKEY(key, $0) }
    }

    /// ECDSA with SHA-256, in DER.
    func sign(_ message: Data, highS: Bool) throws -> Data {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        let message = [UInt8](message)
        var signature = [UInt8](repeating: 0, count: 80)
        var count = signature.count
        guard
            EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        else {
            throw DidNotWork("OpenSSL did not sign")
        }
        return try chosen(Data(signature.prefix(count)), high: highS)
    }

    /// The same signature with the higher or the lower of its two `s`.
    private func chosen(_ signature: Data, high: Bool) throws -> Data {
        let bytes = [UInt8](signature)
        let parsed = bytes.withUnsafeBufferPointer {
            var start = $0.baseAddress
            return d2i_ECDSA_SIG(nil, &start, bytes.count)
        }
        defer { ECDSA_SIG_free(parsed) }
        let group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)
        defer { EC_GROUP_free(group) }
        let s = ECDSA_SIG_get0_s(parsed)
        guard let other = BN_new(), BN_sub(other, EC_GROUP_get0_order(group), s) == 1 else {
            throw DidNotWork("OpenSSL did not subtract")
        }
        if (BN_cmp(other, s) > 0) == high {
            ECDSA_SIG_set0(parsed, BN_dup(ECDSA_SIG_get0_r(parsed)), other)
        } else {
            BN_free(other)
        }
        return try written { i2d_ECDSA_SIG(parsed, $0) }
    }

    private func written(_ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) throws -> Data {
        let count = write(nil)
        guard count > 0 else {
            throw DidNotWork("OpenSSL wrote nothing")
        }
        var bytes = [UInt8](repeating: 0, count: Int(count))
        bytes.withUnsafeMutableBufferPointer {
            var start = $0.baseAddress
            _ = write(&start)
        }
        return Data(bytes)
    }
}
