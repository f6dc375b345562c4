import SuimaModels
import SwiftUI

/// Whatever is to be seen first.
struct RootScreen: View {
    @ObservedObject var home: Home
    @ObservedObject private var settings: Watched<SuimaModels.Settings>
    @Environment(\.scenePhase) private var phase

    init(home: Home) {
        self.home = home
        settings = home.settings
    }

    var body: some View {
        content
            .environment(\.language, settings.state.language)
            .environment(\.elder, settings.state.elder)
            .environment(\.locale, Locale(identifier: settings.state.language == .zh ? "zh-Hans" : "en"))
            .dynamicTypeSize(
                settings.state.elder ? .accessibility1 ... .accessibility5 : .xSmall ... .accessibility5
            )
            .overlay {
                // The picture that the system takes of the app for its switcher shows no code.
                if phase != .active {
                    Color(.systemBackground).ignoresSafeArea()
                }
            }
    }

    @ViewBuilder private var content: some View {
        if settings.state.staff {
            StaffScreen(home: home)
        } else {
            switch home.stage {
            case .opening:
                ProgressView()
            case .closed(let banner):
                BannerBar(banner) { Task { await home.open() } }
                    .padding()
                    .onReceive(
                        NotificationCenter.default.publisher(
                            for: UIApplication.protectedDataDidBecomeAvailableNotification)
                    ) { _ in
                        Task { await home.open() }
                    }
            case .open(let citizen):
                CitizenScreen(home: home, citizen: citizen, enrol: citizen.enrol)
            }
        }
    }
}

/// The tabs of the citizen's side.
enum CitizenTab: Hashable {
    case codes, family, challenge, more
}

/// The citizen's side: enrolment first, then the code.
struct CitizenScreen: View {
    @ObservedObject var home: Home
    let citizen: Citizen
    @ObservedObject var enrol: Watched<EnrolModel>
    @Environment(\.elder) private var elder

    var body: some View {
        if enrol.state.enrolled {
            TabView(selection: $home.tab) {
                CodesScreen(codes: citizen.codes, enrol: enrol)
                    .tab(.codes, "qrcode")
                    .tag(CitizenTab.codes)
                if !elder {
                    FamilyScreen(family: citizen.family)
                        .tab(.family, "person.2")
                        .tag(CitizenTab.family)
                }
                ChallengeScreen(challenge: citizen.challenge)
                    .tab(.scanChallenge, "viewfinder")
                    .tag(CitizenTab.challenge)
                MoreScreen(home: home, citizen: citizen)
                    .tab(.settings, "gearshape")
                    .tag(CitizenTab.more)
            }
            .task {
                await citizen.refresh()
                await ReminderCentre.ask()
            }
        } else {
            EnrolScreen(enrol: enrol, settings: home.settings)
        }
    }
}
