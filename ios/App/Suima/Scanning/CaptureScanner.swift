import AVFoundation
import SwiftUI
import UIKit

/// The scanner of older phones.
struct CaptureScanner: UIViewRepresentable {
    let onText: @MainActor (String) -> Void

    func makeUIView(context: Context) -> CaptureView {
        CaptureView(onText: onText)
    }

    func updateUIView(_ view: CaptureView, context: Context) {
        view.onText = onText
    }

    static func dismantleUIView(_ view: CaptureView, coordinator: ()) {
        view.stop()
    }
}

final class CaptureView: UIView, AVCaptureMetadataOutputObjectsDelegate {
    var onText: @MainActor (String) -> Void
    private let camera = Camera()

    override static var layerClass: AnyClass { AVCaptureVideoPreviewLayer.self }

    init(onText: @escaping @MainActor (String) -> Void) {
        self.onText = onText
        super.init(frame: .zero)
        if let layer = layer as? AVCaptureVideoPreviewLayer {
            layer.session = camera.session
            layer.videoGravity = .resizeAspectFill
        }
        Task { [weak self, camera] in
            if await AVCaptureDevice.requestAccess(for: .video), let self {
                camera.start(telling: self)
            }
        }
    }

    @available(*, unavailable)
    required init?(coder: NSCoder) {
        nil
    }

    func stop() {
        camera.stop()
    }

    /// Called on the main queue, as it was asked for.
    nonisolated func metadataOutput(
        _ output: AVCaptureMetadataOutput, didOutput objects: [AVMetadataObject],
        from connection: AVCaptureConnection
    ) {
        let texts = objects.compactMap { ($0 as? AVMetadataMachineReadableCodeObject)?.stringValue }
        MainActor.assumeIsolated {
            for text in texts {
                onText(text)
            }
        }
    }
}

/// A capture session and the queue that it is set up on, since starting it blocks.
private final class Camera: @unchecked Sendable {
    /// Set up on `queue` alone.
    let session = AVCaptureSession()
    private let queue = DispatchQueue(label: "suima.camera")

    func start(telling delegate: any AVCaptureMetadataOutputObjectsDelegate & Sendable) {
        queue.async { [self] in
            let output = AVCaptureMetadataOutput()
            guard
                session.inputs.isEmpty, let device = AVCaptureDevice.default(for: .video),
                let input = try? AVCaptureDeviceInput(device: device),
                session.canAddInput(input), session.canAddOutput(output)
            else {
                return
            }
            session.addInput(input)
            session.addOutput(output)
            output.setMetadataObjectsDelegate(delegate, queue: .main)
            let wanted: [AVMetadataObject.ObjectType] = [.qr, .code128, .code39, .codabar, .ean13]
            output.metadataObjectTypes = wanted.filter(output.availableMetadataObjectTypes.contains)
            session.startRunning()
        }
    }

    func stop() {
        queue.async { [self] in
            session.stopRunning()
        }
    }
}
