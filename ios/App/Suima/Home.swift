import Suima
import SuimaModels
import SwiftUI

/// What the app stands on: the core's objects, opened once, and the models over them.
@MainActor final class Home: ObservableObject {
    static let shared = Home()

    /// How far it has come.
    enum Stage {
        case opening
        /// Nothing can be opened now: why, and what helps.
        case closed(Banner)
        case open(Citizen)
    }

    @Published private(set) var stage = Stage.opening
    /// The staff's side, opened when it is first wanted.
    @Published private(set) var staff: Staff?
    @Published private(set) var staffBanner: Banner?
    /// Which tab of the citizen's side is shown.
    @Published var tab = CitizenTab.codes

    let settings = Watched(
        SuimaModels.Settings(store: DefaultsStore(), preferred: Locale.preferredLanguages))
    private let suspension = Suspension()
    private let phone = Phone()
    /// The opening that is under way: the screen and its phase ask for it at the same moment.
    private var opening: Task<Void, Never>?
    private var openingStation = false
    private var paused = false
    /// The screen turns faster than files are given up and taken up: one after the other, in order.
    private var turning: Task<Void, Never>?

    private init() {}

    /// Opens the wallet, unless it is open. Never touches the network.
    func open() async {
        if case .open = stage { return }
        let opening =
            opening
            ?? Task {
                await openWallet()
                self.opening = nil
            }
        self.opening = opening
        await opening.value
    }

    func openStation() async {
        guard staff == nil, !openingStation else { return }
        openingStation = true
        defer { openingStation = false }
        do {
            let station = try await phone.openStation()
            suspension.add(station)
            staff = Staff(station: station)
            staffBanner = nil
        } catch {
            staffBanner = Banner(error)
        }
    }

    /// One tap from a shortcut: the user's own live code.
    func showOwnCode() async {
        settings.model.setStaff(false)
        tab = .codes
        await open()
        guard case .open(let citizen) = stage else { return }
        citizen.codes.model.show(.live)
        if let me = citizen.codes.state.people.first {
            citizen.codes.model.select(me.slot)
        }
    }

    // MARK: Suspension

    func turned(to phase: ScenePhase) {
        switch phase {
        case .background:
            let time = BackgroundTime()
            inOrder { home in
                await home.suspend()
                time.end()
            }
        case .active: inOrder { await $0.wake() }
        default: break
        }
    }

    func refreshInBackground() async {
        BackgroundRefresh.schedule()
        await open()
        guard case .open(let citizen) = stage else { return }
        await suspension.resume()
        await withTaskCancellationHandler {
            await citizen.codes.model.refresh()
        } onCancel: {
            // The system's time is over.
            Task { @MainActor in citizen.codes.model.cancel() }
        }
        await ReminderCentre.tell(citizen.codes.state.reminders, in: settings.state.language)
        // The user may have opened the app meanwhile.
        guard UIApplication.shared.applicationState == .background else { return }
        citizen.codes.model.stop()
        paused = true
        await suspension.pause()
    }

    private func openWallet() async {
        do {
            let wallet = try await phone.openWallet()
            suspension.add(wallet)
            let citizen = Citizen(wallet: wallet)
            await citizen.enrol.model.load()
            if let banner = citizen.enrol.state.banner {
                // Whether this phone is enrolled is not known: neither the code nor enrolment can be shown.
                suspension.remove(wallet)
                try? await Task.detached { try wallet.shutDown() }.value
                stage = .closed(banner)
                return
            }
            stage = .open(citizen)
        } catch {
            if let banner = Banner(error) {
                stage = .closed(banner)
            }
        }
    }

    private func suspend() async {
        if case .open(let citizen) = stage {
            citizen.codes.model.stop()
        }
        paused = true
        await suspension.pause()
        BackgroundRefresh.schedule()
    }

    private func wake() async {
        await open()
        guard paused else { return }
        paused = false
        await suspension.resume()
        // Suspending must not wait until a network has answered.
        Task { await catchUp() }
    }

    private func catchUp() async {
        if settings.state.staff {
            await staff?.sampling.model.sync()
        }
        guard !paused, case .open(let citizen) = stage, citizen.enrol.state.enrolled else { return }
        // The code is shown at once, whatever the network does.
        await citizen.codes.model.start()
        await citizen.refresh()
    }

    private func inOrder(_ turn: @escaping @MainActor (Home) async -> Void) {
        let before = turning
        turning = Task {
            await before?.value
            await turn(self)
        }
    }
}

/// A file lock that is held while the app is suspended ends the app, so some time is asked for to give it up.
@MainActor private final class BackgroundTime {
    private var task = UIBackgroundTaskIdentifier.invalid

    init() {
        task = UIApplication.shared.beginBackgroundTask(withName: "pause") { [weak self] in
            self?.end()
        }
    }

    func end() {
        UIApplication.shared.endBackgroundTask(task)
        task = .invalid
    }
}

/// The models of the citizen's side.
@MainActor final class Citizen {
    let enrol: Watched<EnrolModel>
    let codes: Watched<CodesModel>
    let family: Watched<FamilyModel>
    let challenge: Watched<ChallengeModel>
    let paper: Watched<PaperModel>

    init(wallet: Wallet) {
        let refreshing = Refreshing(wallet: wallet)
        enrol = Watched(EnrolModel(wallet: wallet))
        codes = Watched(CodesModel(wallet: wallet, refreshing: refreshing, album: PhotoAlbum()))
        family = Watched(FamilyModel(wallet: wallet, refreshing: refreshing))
        challenge = Watched(ChallengeModel(wallet: wallet, refreshing: refreshing))
        paper = Watched(PaperModel(wallet: wallet, refreshing: refreshing))
    }

    /// Fetches what has changed.
    func refresh() async {
        await codes.model.refresh()
        // Another phone may have taken the place of this one.
        await enrol.model.load()
    }
}

/// The models of the staff's side.
@MainActor final class Staff {
    let enrol: Watched<EnrolModel>
    let sampling: Watched<SamplingModel>
    let gate: Watched<DoorModel>
    let check: Watched<DoorModel>

    init(station: Station) {
        enrol = Watched(EnrolModel(station: station))
        sampling = Watched(SamplingModel(station: station))
        gate = Watched(DoorModel(station: station, place: .gate))
        check = Watched(DoorModel(station: station, place: .manualCheck))
    }
}
