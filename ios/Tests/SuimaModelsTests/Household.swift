import Foundation
import Suima
import SuimaModels
import SuimaTestSupport

/// A family and stations in a city.
@MainActor struct Household {
    let city: City

    init() throws {
        city = try City()
    }

    /// A phone of one of the child's parents, which holds the child's codes.
    func parent(
        _ name: String, _ idNumber: String, clock: any Clock = MachineClock()
    ) async throws -> (wallet: Wallet, child: UInt32) {
        let wallet = try await city.enrolledPhone(name, idNumber, clock: clock)
        let child = try wallet.person(.child).slot
        try await wallet.hold(slot: child)
        _ = try await wallet.refresh()
        return (wallet, child)
    }

    /// Enrolled through its model, and synced; nobody is on duty.
    func station(_ name: String) async throws -> Station {
        let station = try city.station(name)
        let model = EnrolModel(station: station)
        await model.enter(try city.stationActivation(name))
        guard model.state.enrolled, try await station.sync().current else {
            throw DidNotWork("\(name) does not enrol: \(String(describing: model.state.banner))")
        }
        return station
    }
}

/// Where nobody looks at what a refresh brought.
extension FamilyModel {
    convenience init(wallet: Wallet) {
        self.init(wallet: wallet, refreshing: Refreshing(wallet: wallet))
    }
}

extension ChallengeModel {
    convenience init(wallet: Wallet) {
        self.init(wallet: wallet, refreshing: Refreshing(wallet: wallet))
    }
}

extension PaperModel {
    convenience init(wallet: Wallet) {
        self.init(wallet: wallet, refreshing: Refreshing(wallet: wallet))
    }
}

/// The clocks of this machine, moved ahead together as if time had passed.
final class MovableClock: Clock, @unchecked Sendable {
    private let lock = NSLock()
    private var moved = Duration.zero
    private var readers = Set<Bool>()

    /// Whether the core has ever read it on the main queue, and so was called there.
    var wasReadOnMain: Bool {
        lock.withLock { readers.contains(true) }
    }

    var wasRead: Bool {
        lock.withLock { !readers.isEmpty }
    }

    func move(by span: Duration) {
        lock.withLock { moved += span }
    }

    func read() throws -> ClockReading {
        let seconds = lock.withLock {
            readers.insert(isMain())
            return TimeInterval(moved.components.seconds)
        }
        return ClockReading(
            wall: Date(timeIntervalSinceNow: seconds),
            sinceBootMs: UInt64((ProcessInfo.processInfo.systemUptime + seconds) * 1000),
            boot: "test"
        )
    }
}

/// Never changed after it was made.
private nonisolated(unsafe) let mainQueue = {
    let key = DispatchSpecificKey<Bool>()
    DispatchQueue.main.setSpecific(key: key, value: true)
    return key
}()

/// Whether this runs on the main queue. (On Linux that is not always the main thread.)
func isMain() -> Bool {
    DispatchQueue.getSpecific(key: mainQueue) == true
}

/// Pauses that end when a test says so.
final class Pauses: @unchecked Sendable {
    private let lock = NSLock()
    private var waiting: [(id: UUID, end: AsyncStream<Void>.Continuation)] = []
    private var passes = 0

    /// Lets one pause end: the one under way, or the next.
    func endOne() {
        lock.withLock {
            if waiting.isEmpty {
                passes += 1
            } else {
                waiting.removeFirst().end.finish()
            }
        }
    }

    func pause() async throws {
        let id = UUID()
        let (ended, end) = AsyncStream<Void>.makeStream()
        let free = lock.withLock {
            if passes > 0 {
                passes -= 1
                return true
            }
            waiting.append((id, end))
            return false
        }
        if !free {
            for await _ in ended {}
        }
        if Task.isCancelled {
            let waited = lock.withLock {
                let before = waiting.count
                waiting.removeAll { $0.id == id }
                return waiting.count < before
            }
            // What was let go after nobody waited for it any more is another's.
            if !waited { endOne() }
            throw CancellationError()
        }
    }
}

/// Keeps the pictures that are saved to it, or takes none.
final class TestAlbum: Album, @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [Data] = []
    private let refuses: Bool

    init(refuses: Bool = false) {
        self.refuses = refuses
    }

    var pictures: [Data] {
        lock.withLock { kept }
    }

    func save(_ picture: Data) async throws {
        if refuses {
            throw AlbumRefused()
        }
        lock.withLock { kept.append(picture) }
    }
}

/// Waits until a model's state is so. The time limit of the suite ends what never comes.
@MainActor func wait<State>(for model: Model<State>, until isSo: @escaping (State) -> Bool) async {
    let (changes, changed) = AsyncStream<Void>.makeStream()
    model.onChange = { changed.yield() }
    defer { model.onChange = nil }
    if isSo(model.state) {
        return
    }
    for await _ in changes where isSo(model.state) {
        return
    }
}
