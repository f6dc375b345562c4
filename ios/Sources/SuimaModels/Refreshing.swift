import Suima

/// The one way to refresh: the core tells once what a refresh brought, and keeps only the news until it was read, so no
/// screen may drop it.
@MainActor public final class Refreshing {
    private let wallet: Wallet
    /// Takes what each refresh brought, whichever screen asked for it.
    var onBrought: (@MainActor (RefreshView) async -> Void)?

    public init(wallet: Wallet) {
        self.wallet = wallet
    }

    func refresh(_ cancel: CancelHandle) async throws {
        let brought = try await wallet.refresh(cancel: cancel)
        await onBrought?(brought)
    }
}
