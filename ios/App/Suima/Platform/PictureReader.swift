import Foundation
import Vision

/// Reads the QR code in a picture that the user chose.
enum PictureReader {
    /// What it says; none where there is none that can be read.
    static func read(_ picture: Data) async -> String? {
        await Task.detached {
            let request = VNDetectBarcodesRequest()
            request.symbologies = [.qr]
            try? VNImageRequestHandler(data: picture).perform([request])
            return request.results?.lazy.compactMap(\.payloadStringValue).first
        }.value
    }
}
