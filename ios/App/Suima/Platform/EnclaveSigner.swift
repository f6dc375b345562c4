import CryptoKit
import CryptoTokenKit
import Foundation
import Security
import Suima

/// P-256 keys that never leave the Secure Enclave. A handle is the key as only this Enclave can read it, so nothing
/// is kept besides.
final class EnclaveSigner: Signer, Sendable {
    func create() throws -> SignerKey {
        do {
            var refused: Unmanaged<CFError>?
            guard
                let access = SecAccessControlCreateWithFlags(
                    nil, kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly, .privateKeyUsage, &refused)
            else {
                throw SignerError.Unavailable(reason: "no access control")
            }
            let key = try SecureEnclave.P256.Signing.PrivateKey(accessControl: access)
            return SignerKey(handle: key.dataRepresentation, publicKey: key.publicKey.x963Representation)
        } catch let error as SignerError {
            throw error
        } catch {
            throw Self.unavailable(error)
        }
    }

    func sign(handle: Data, message: Data) throws -> Data {
        let key: SecureEnclave.P256.Signing.PrivateKey
        do {
            key = try SecureEnclave.P256.Signing.PrivateKey(dataRepresentation: handle)
        } catch {
            // Of another Enclave, as after a backup was restored on another phone. Anything else may pass.
            throw Self.isForeign(error) ? SignerError.Gone : Self.unavailable(error)
        }
        do {
            return try key.signature(for: message).derRepresentation
        } catch {
            throw Self.isForeign(error) ? SignerError.Gone : Self.unavailable(error)
        }
    }

    /// The handle was the key: with it the key is gone.
    func remove(handle: Data) throws {}

    private static func isForeign(_ error: any Error) -> Bool {
        let error = error as NSError
        return error.domain == TKError.errorDomain && error.code == TKError.Code.corruptedData.rawValue
    }

    private static func unavailable(_ error: any Error) -> SignerError {
        let error = error as NSError
        return .Unavailable(reason: "Secure Enclave \(error.domain) \(error.code)")
    }
}
