import Foundation
import Photos
import SuimaModels

/// Photos, to which this app may add and of which it reads nothing.
struct PhotoAlbum: Album {
    func save(_ picture: Data) async throws {
        let allowed = await PHPhotoLibrary.requestAuthorization(for: .addOnly)
        guard allowed == .authorized || allowed == .limited else {
            throw AlbumRefused()
        }
        do {
            try await PHPhotoLibrary.shared().performChanges {
                PHAssetCreationRequest.forAsset().addResource(with: .photo, data: picture, options: nil)
            }
        } catch {
            throw AlbumRefused()
        }
    }
}
