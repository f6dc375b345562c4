import BackgroundTasks
import SwiftUI

@main struct SuimaApp: App {
    @ObservedObject private var home = Home.shared
    @Environment(\.scenePhase) private var phase

    var body: some Scene {
        WindowGroup {
            RootScreen(home: home)
                .task { await home.open() }
        }
        .onChange(of: phase) { phase in
            home.turned(to: phase)
        }
        .backgroundTask(.appRefresh(BackgroundRefresh.name)) {
            await Home.shared.refreshInBackground()
        }
    }
}

/// Fetches what has changed now and then while the app is not used, so that reminders come in time.
enum BackgroundRefresh {
    /// As Info.plist permits it.
    static let name = "app.suima.refresh"

    static func schedule() {
        let request = BGAppRefreshTaskRequest(identifier: name)
        request.earliestBeginDate = Date(timeIntervalSinceNow: 4 * 3600)
        // Refused on simulators and where the user has forbidden it: the app refreshes when it is opened.
        try? BGTaskScheduler.shared.submit(request)
    }
}
