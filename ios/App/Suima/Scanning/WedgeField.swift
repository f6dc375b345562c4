import SwiftUI
import UIKit

/// Takes what a scanner gun types. The core puts it together; this field shows nothing of it.
struct WedgeField: UIViewRepresentable {
    let onTyped: @MainActor (String) -> Void

    func makeUIView(context: Context) -> UITextField {
        let field = FocusedField()
        field.delegate = context.coordinator
        field.autocorrectionType = .no
        field.autocapitalizationType = .none
        field.spellCheckingType = .no
        field.smartDashesType = .no
        field.smartQuotesType = .no
        field.keyboardType = .asciiCapable
        // A gun is a keyboard of its own: none is shown.
        field.inputView = UIView()
        field.borderStyle = .roundedRect
        field.textAlignment = .center
        return field
    }

    func updateUIView(_ field: UITextField, context: Context) {
        context.coordinator.onTyped = onTyped
    }

    func makeCoordinator() -> Coordinator {
        Coordinator(onTyped: onTyped)
    }

    /// Takes the focus whenever it comes into a window: in none it cannot.
    private final class FocusedField: UITextField {
        override func didMoveToWindow() {
            super.didMoveToWindow()
            if window != nil {
                becomeFirstResponder()
            }
        }
    }

    @MainActor final class Coordinator: NSObject, UITextFieldDelegate {
        var onTyped: @MainActor (String) -> Void

        init(onTyped: @escaping @MainActor (String) -> Void) {
            self.onTyped = onTyped
        }

        func textField(
            _ field: UITextField, shouldChangeCharactersIn range: NSRange, replacementString text: String
        ) -> Bool {
            if !text.isEmpty {
                onTyped(text)
            }
            return false
        }

        func textFieldShouldReturn(_ field: UITextField) -> Bool {
            onTyped("\n")
            return false
        }
    }
}
