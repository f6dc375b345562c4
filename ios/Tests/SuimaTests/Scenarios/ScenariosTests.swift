import Suima
import SuimaTestSupport
import Testing

/// Every scenario of `tests/scenarios`, unchanged, with phones and stations that run through the shared library.
@Suite(.timeLimit(.minutes(10))) struct ScenariosTests {
    @Test("every rule is kept", arguments: try await Conductor.shared.get().trials())
    func play(trial: Trial) async throws {
        let conductor = try Conductor.shared.get()
        try await places.within {
            let player = try Player()
            var turn = try await conductor.begin(trial)
            while let play = turn.play {
                turn = try await conductor.answer(trial, await player.play(play, people: turn.people))
            }
            try await player.leave()
            let end = try #require(turn.end)
            #expect(end.trouble == nil)
        }
    }
}

/// Each trial has a city of its own: a few at a time are enough for two processors.
private let places = Places(4)

/// A number of places, for which tasks queue.
private actor Places {
    private var free: Int
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        free = count
    }

    /// Does something in a place of its own.
    nonisolated func within<Answer: Sendable>(
        _ work: @Sendable () async throws -> Answer
    ) async rethrows -> Answer {
        await take()
        let answer: Answer
        do {
            answer = try await work()
        } catch {
            await giveBack()
            throw error
        }
        await giveBack()
        return answer
    }

    private func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { queue.append($0) }
    }

    private func giveBack() {
        if queue.isEmpty {
            free += 1
        } else {
            queue.removeFirst().resume()
        }
    }
}
