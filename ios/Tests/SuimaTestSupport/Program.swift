import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program that runs beside the tests.
package final class Program: @unchecked Sendable {
    private let name: String
    private let process = Process()
    private let said = Pipe()
    private let told = Pipe()

    package init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let executable = URL(fileURLWithPath: path)
        name = executable.lastPathComponent
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = said
        process.standardInput = told
        try process.run()
    }

    deinit {
        kill()
    }

    /// The next line that it writes.
    package func line() throws -> String {
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            guard let byte = try said.fileHandleForReading.read(upToCount: 1), !byte.isEmpty else {
                throw DidNotWork("\(name) ended early")
            }
            line += byte
        }
        return String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// Waits for its end, which must be a good one: all that it wrote.
    package func output() throws -> String {
        let all = try said.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: all, as: UTF8.self)
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw DidNotWork("\(name) failed: \(text)")
        }
        return text
    }

    /// Ends it where it stands, as when the battery is taken out. Returns when it is gone.
    package func kill() {
        if process.isRunning {
            // Not `terminate`: the threads that tests run on block that signal, and their children inherit it.
            _ = signal(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    private func signal(_ process: Int32, _ number: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.kill(process, number)
        #else
            Darwin.kill(process, number)
        #endif
    }
}
