import SwiftUI
import VisionKit

/// VisionKit's scanner.
struct DataScanner: UIViewControllerRepresentable {
    let onText: @MainActor (String) -> Void

    func makeUIViewController(context: Context) -> DataScannerViewController {
        let scanner = DataScannerViewController(
            recognizedDataTypes: [.barcode(symbologies: [.qr, .code128, .code39, .codabar, .ean13])],
            qualityLevel: .balanced,
            recognizesMultipleItems: false,
            isHighlightingEnabled: true)
        scanner.delegate = context.coordinator
        return scanner
    }

    func updateUIViewController(_ scanner: DataScannerViewController, context: Context) {
        context.coordinator.onText = onText
        // It fails without a camera that may be used; the picture then stays dark and codes can be typed.
        try? scanner.startScanning()
    }

    static func dismantleUIViewController(_ scanner: DataScannerViewController, coordinator: Coordinator) {
        scanner.stopScanning()
    }

    func makeCoordinator() -> Coordinator {
        Coordinator(onText: onText)
    }

    @MainActor final class Coordinator: NSObject, DataScannerViewControllerDelegate {
        var onText: @MainActor (String) -> Void

        init(onText: @escaping @MainActor (String) -> Void) {
            self.onText = onText
        }

        func dataScanner(
            _ scanner: DataScannerViewController, didAdd added: [RecognizedItem], allItems: [RecognizedItem]
        ) {
            tell(added)
        }

        func dataScanner(
            _ scanner: DataScannerViewController, didUpdate updated: [RecognizedItem],
            allItems: [RecognizedItem]
        ) {
            tell(updated)
        }

        private func tell(_ items: [RecognizedItem]) {
            for case .barcode(let barcode) in items {
                if let text = barcode.payloadStringValue {
                    onText(text)
                }
            }
        }
    }
}
