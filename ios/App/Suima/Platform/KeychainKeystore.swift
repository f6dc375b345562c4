import CryptoKit
import Foundation
import Security
import Suima

/// Seals with a key in the Keychain that never leaves this phone, and is there from the first unlock on.
final class KeychainKeystore: Keystore, Sendable {
    /// The Keychain's word for the item.
    private static var item: [CFString: Any] {
        [
            kSecClass: kSecClassGenericPassword,
            kSecAttrService: "app.suima.seal",
            kSecAttrAccount: "key",
            kSecUseDataProtectionKeychain: true,
        ]
    }

    /// Set once an installation has taken the Keychain over.
    private static let marker = "keychain-taken-over"

    /// The wallet and the station may be opened at the same moment: one of them takes the Keychain over.
    private static let turn = NSLock()

    /// The keystore, without what an earlier installation left: the Keychain outlives the app, its files do not.
    ///
    /// Before the first unlock the defaults may answer as if they were new; a folder with files in it then keeps
    /// the key.
    static func ready() throws -> KeychainKeystore {
        try turn.withLock {
            let defaults = UserDefaults.standard
            if !defaults.bool(forKey: marker) {
                if try !AppFolder.isUsed() {
                    try check(SecItemDelete(item as CFDictionary), besides: errSecItemNotFound)
                }
                defaults.set(true, forKey: marker)
            }
            return KeychainKeystore()
        }
    }

    func seal(key: Data) throws -> Data {
        let sealing: SymmetricKey
        do {
            sealing = try Self.find()
        } catch KeystoreError.Gone {
            sealing = try Self.make()
        }
        guard let sealed = try AES.GCM.seal(key, using: sealing).combined else {
            throw KeystoreError.Unavailable(reason: "nothing was sealed")
        }
        return sealed
    }

    func unseal(sealed: Data) throws -> Data {
        let sealing = try Self.find()
        do {
            return try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: sealing)
        } catch CryptoKitError.authenticationFailure, CryptoKitError.incorrectParameterSize {
            // Sealed with another key, by an installation before this one; or cut short.
            throw KeystoreError.Gone
        } catch {
            throw KeystoreError.Unavailable(reason: "CryptoKit \(error)")
        }
    }

    private static func find() throws -> SymmetricKey {
        var query = item
        query[kSecReturnData] = true
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        if status == errSecItemNotFound {
            throw KeystoreError.Gone
        }
        try check(status)
        guard let bytes = found as? Data, bytes.count == 32 else {
            throw KeystoreError.Gone
        }
        return SymmetricKey(data: bytes)
    }

    private static func make() throws -> SymmetricKey {
        let key = SymmetricKey(size: .bits256)
        var query = item
        query[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
        query[kSecValueData] = key.withUnsafeBytes { Data($0) }
        let status = SecItemAdd(query as CFDictionary, nil)
        if status == errSecDuplicateItem {
            // The wallet and the station may seal at the same moment.
            return try find()
        }
        try check(status)
        return key
    }

    /// Whatever the Keychain says besides may pass: `errSecInteractionNotAllowed` before the first unlock, say.
    private static func check(_ status: OSStatus, besides fine: OSStatus = errSecSuccess) throws {
        guard status == errSecSuccess || status == fine else {
            throw KeystoreError.Unavailable(reason: "Keychain \(status)")
        }
    }
}
