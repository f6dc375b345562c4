import Foundation

/// Where pictures are saved: Photos, on a phone.
public protocol Album: Sendable {
    /// Saves a PNG picture; throws ``AlbumRefused`` where it may not.
    func save(_ picture: Data) async throws
}

/// The album does not take the picture.
public struct AlbumRefused: Error {
    public init() {}
}
