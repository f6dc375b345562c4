import AudioToolbox
import Suima
import SuimaModels
import UIKit

/// A verdict for the hand and the ear, for staff who do not look at the screen.
@MainActor enum VerdictSignal {
    static func give(_ verdict: Verdict, in language: Language) {
        let hand = UINotificationFeedbackGenerator()
        switch verdict.signal {
        case .admit:
            hand.notificationOccurred(.success)
            AudioServicesPlaySystemSound(1057)
        case .attention:
            hand.notificationOccurred(.warning)
            AudioServicesPlaySystemSound(1053)
        case .refuse:
            hand.notificationOccurred(.error)
            AudioServicesPlaySystemSound(1073)
        }
        UIAccessibility.post(notification: .announcement, argument: verdict.spoken(in: language))
    }
}
