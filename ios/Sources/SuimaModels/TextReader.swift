import Suima

/// Puts together what one camera saw and what one scanner gun typed.
public struct TextReader: Sendable {
    private let queue = CoreQueue()
    private let wedge = WedgeReader()
    private let camera = CameraReader()

    func isNew(_ text: String, atMs: UInt64) async -> Bool {
        let fresh = try? await queue.run { [camera] in try camera.isNew(text: text, atMs: atMs) }
        return fresh == true
    }

    func typed(_ characters: String, atMs: UInt64) async -> [String] {
        let texts = try? await queue.run { [wedge] in try wedge.typed(characters: characters, atMs: atMs) }
        return texts ?? []
    }

    func paused(atMs: UInt64) async -> String? {
        try? await queue.run { [wedge] in try wedge.paused(atMs: atMs) }
    }
}

/// What takes texts from a camera and a scanner gun: the model of any screen of a station.
@MainActor public protocol TakesTexts: AnyObject {
    var reader: TextReader { get }

    /// Takes any text, whole.
    func scan(_ text: String) async
}

extension TakesTexts {
    /// Takes what a camera saw. What stays in sight is one scan.
    ///
    /// - Parameter atMs: Milliseconds on any clock that does not run back.
    public func seen(_ text: String, atMs: UInt64) async {
        if await reader.isNew(text, atMs: atMs) {
            await scan(text)
        }
    }

    /// Takes what a scanner gun typed, some characters or all.
    public func typed(_ characters: String, atMs: UInt64) async {
        for text in await reader.typed(characters, atMs: atMs) {
            await scan(text)
        }
    }

    /// Takes what a pause has ended, for guns that type no Enter. To be called now and then.
    public func paused(atMs: UInt64) async {
        if let text = await reader.paused(atMs: atMs) {
            await scan(text)
        }
    }
}
