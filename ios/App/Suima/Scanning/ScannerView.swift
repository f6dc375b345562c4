import SuimaModels
import SwiftUI
import VisionKit

/// A camera that reads codes. What is read is told again and again while it is in sight: the core drops repeats.
struct ScannerView: View {
    let onText: @MainActor (String) -> Void

    var body: some View {
        // Phones from before 2018 have no data scanner.
        if DataScannerViewController.isSupported && DataScannerViewController.isAvailable {
            DataScanner(onText: onText)
        } else {
            CaptureScanner(onText: onText)
        }
    }
}
