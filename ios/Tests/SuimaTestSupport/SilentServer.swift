import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Takes connections and never answers: a network in which a call stays under way for as long as a test likes.
package final class SilentServer: Sendable {
    package struct NoSocket: Error {}

    package let address: String
    private let socket: Int32

    package init() throws {
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let socket = Self.make(AF_INET, stream, 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let listens = withUnsafeMutablePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard socket >= 0, listens else {
            throw NoSocket()
        }
        self.socket = socket
        address = "http://127.0.0.1:\(UInt16(bigEndian: name.sin_port))"
    }

    deinit {
        _ = close(socket)
    }

    /// Returns when somebody has connected; keeps the connection open, and silent.
    package func somebodyCame() async throws -> Connection {
        let socket = socket
        return try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: a blocking call has no place on Swift's few.
            Thread.detachNewThread {
                let connected = accept(socket, nil, nil)
                if connected >= 0 {
                    continuation.resume(returning: Connection(socket: connected))
                } else {
                    continuation.resume(throwing: NoSocket())
                }
            }
        }
    }

    /// Open until it is let go of.
    package final class Connection: Sendable {
        private let socket: Int32

        init(socket: Int32) {
            self.socket = socket
        }

        deinit {
            _ = close(socket)
        }

        /// Takes in and drops what comes, and returns once the other end is closed; `true` where it was closed in order.
        package func ended() async -> Bool {
            let socket = socket
            return await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    var bytes = [UInt8](repeating: 0, count: 4096)
                    var count = 1
                    while count > 0 {
                        count = read(socket, &bytes, bytes.count)
                    }
                    continuation.resume(returning: count == 0)
                }
            }
        }
    }

    private static func make(_ domain: Int32, _ type: Int32, _ proto: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.socket(domain, type, proto)
        #else
            Darwin.socket(domain, type, proto)
        #endif
    }
}
