import SuimaModels
import SwiftUI

/// Something with a state that says when it has changed: every model, and the settings.
@MainActor protocol Watchable: AnyObject {
    associatedtype Shown
    var state: Shown { get }
    var onChange: (@MainActor () -> Void)? { get set }
}

extension Model: Watchable {}
extension SuimaModels.Settings: Watchable {}

/// Tells SwiftUI when a model has changed. (Observation begins with iOS 17.)
@MainActor final class Watched<Watching: Watchable>: ObservableObject {
    let model: Watching

    var state: Watching.Shown { model.state }

    init(_ model: Watching) {
        self.model = model
        model.onChange = { [weak self] in
            self?.objectWillChange.send()
        }
    }

    /// For a control: what it shows of the state, and what a change by the user asks the model to do.
    func binding<Value: Sendable>(
        _ value: @escaping @MainActor (Watching.Shown) -> Value,
        set: @escaping @MainActor (Watching, Value) -> Void
    ) -> Binding<Value> {
        // SwiftUI calls both on the main actor, which their types do not say.
        Binding {
            MainActor.assumeIsolated { value(self.state) }
        } set: { changed in
            MainActor.assumeIsolated { set(self.model, changed) }
        }
    }
}
