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
}
