import Suima
import os

/// The system's log. What the core logs is never personal and never a secret, so it may be read.
final class PhoneLog: Log, Sendable {
    private let logger = Logger(subsystem: "app.suima", category: "core")

    func record(level: LogLevel, name: String, detail: String) throws {
        let type: OSLogType =
            switch level {
            case .debug: .debug
            case .info: .info
            case .warn: .default
            case .error: .error
            }
        logger.log(level: type, "\(name, privacy: .public) \(detail, privacy: .public)")
    }
}
