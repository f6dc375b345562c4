import CryptoKit
import Foundation
import Suima
import SuimaModels

/// What this phone gives to the core: files, keys, clocks, a log, and the city that the app is for.
struct Phone: Sendable {
    /// What Info.plist does not say.
    struct NotConfigured: Error {
        let key: String
    }

    /// Opens the wallet, away from the main actor.
    func openWallet() async throws -> Wallet {
        try await Task.detached {
            let keystore = try unlocked { try KeychainKeystore.ready() }
            return try Wallet.open(
                config: try config("wallet"), keystore: keystore, clock: PhoneClock(), log: PhoneLog(),
                // A simulator has no Secure Enclave: keys are in software there, sealed.
                signer: SecureEnclave.isAvailable ? EnclaveSigner() : nil)
        }.value
    }

    /// Opens the station, away from the main actor.
    func openStation() async throws -> Station {
        try await Task.detached {
            let keystore = try unlocked { try KeychainKeystore.ready() }
            return try Station.open(
                config: try config("station"), keystore: keystore, clock: PhoneClock(), log: PhoneLog())
        }.value
    }

    private func config(_ name: String) throws -> Config {
        Config(
            path: try unlocked { try AppFolder.file("\(name).sqlite").path },
            issuerUrl: try setting("SuimaIssuer"),
            pinnedCertificates: [],
            roots: Roots(hot: try root("SuimaHotRoot"), cold: try root("SuimaColdRoot")))
    }

    /// What fails with files and keys before the core has them fails for want of the first unlock.
    private func unlocked<Answer>(_ use: () throws -> Answer) throws -> Answer {
        do {
            return try use()
        } catch {
            throw NotUnlocked()
        }
    }

    /// From City.xcconfig, by way of Info.plist.
    private func setting(_ key: String) throws -> String {
        guard let value = Bundle.main.object(forInfoDictionaryKey: key) as? String, !value.isEmpty else {
            throw NotConfigured(key: key)
        }
        return value
    }

    private func root(_ key: String) throws -> Data {
        let digits = try setting(key).compactMap(\.hexDigitValue)
        guard digits.count == 64 else {
            throw NotConfigured(key: key)
        }
        return Data(stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) })
    }
}
