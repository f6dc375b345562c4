import Foundation
import SuimaTestSupport

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A browser that was set up as a self-service terminal, as far as these tests need one: it keeps its cookies and
/// runs no script.
final class Terminal: NSObject, URLSessionTaskDelegate, @unchecked Sendable {
    private let address: String
    private var cookies: [String: String] = [:]

    init(_ city: City, name: String) async throws {
        address = city.address
        super.init()
        try await send("/terminal/set-up", ["code": try city.terminalActivation(name)])
    }

    /// Types what its scanner or card reader typed.
    func read(_ text: String) async throws {
        try await send("/terminal/begin", ["read": text])
    }

    private func send(_ path: String, _ fields: [String: String]) async throws {
        guard let url = URL(string: address + path) else {
            throw DidNotWork("no address: \(address)\(path)")
        }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpShouldHandleCookies = false
        request.setValue(address, forHTTPHeaderField: "Origin")
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        request.setValue(
            cookies.map { "\($0)=\($1)" }.joined(separator: "; "), forHTTPHeaderField: "Cookie")
        let form = fields.map { name, value in
            name + "=" + (value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        }
        request.httpBody = Data(form.joined(separator: "&").utf8)
        let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let (page, answer) = try await session.data(for: request)
        guard let answer = answer as? HTTPURLResponse, answer.statusCode == 303 else {
            throw DidNotWork("\(path) leads nowhere: \(String(decoding: page, as: UTF8.self))")
        }
        for cookie in answer.value(forHTTPHeaderField: "Set-Cookie")?.components(separatedBy: ", ") ?? [] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 {
                cookies[String(pair[0])] = String(pair[1])
            }
        }
    }

    /// Cookies come with the answer that sends on, so it is not followed.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
