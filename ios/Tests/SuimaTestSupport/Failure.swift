/// The name of the error that a call ends with, `NotOpen` say; none where it ends well.
package func failure<Answer>(_ call: () async throws -> Answer) async -> String? {
    do {
        _ = try await call()
        return nil
    } catch {
        return String("\(error)".prefix { $0 != "(" })
    }
}
