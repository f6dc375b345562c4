import Foundation
import SuimaModels
import SuimaTestSupport

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A browser that was set up as a self-service terminal, as far as these tests need one: it keeps its cookies, goes
/// where it is sent, and runs no script.
final class Terminal: NSObject, URLSessionTaskDelegate, @unchecked Sendable {
    private let address: String
    private var cookies: [String: String] = [:]

    init(_ city: City, name: String) async throws {
        address = city.address
        super.init()
        _ = try await send("/terminal/set-up", ["code": try city.terminalActivation(name)])
    }

    /// Types what its scanner or card reader typed.
    func read(_ text: String) async throws {
        _ = try await send("/terminal/begin", ["read": text])
    }

    /// Applies for somebody's paper code, as the card in the reader agrees, and reads the code off the sheet.
    func paperCode(of slot: UInt32) async throws -> String {
        let done = try await send("/terminal/ask", ["act": "apply-paper", "slot": "\(slot)"])
        guard let ticket = between(done, "/terminal/print/", "\"") else {
            throw DidNotWork("nothing to print: \(done)")
        }
        let sheet = try await go("GET", "/terminal/print/\(ticket)")
        guard
            let picture = between(sheet, "<svg xmlns", "</svg>"),
            let code = CodeDrawing(svg: "<svg xmlns\(picture)</svg>").flatMap(PaperCodeReader.read)
        else {
            throw DidNotWork("no code on the sheet")
        }
        return code
    }

    private func send(_ path: String, _ fields: [String: String]) async throws -> String {
        let form = fields.map { name, value in
            name + "=" + (value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        }
        return try await go("POST", path, form.joined(separator: "&"))
    }

    private func go(_ method: String, _ path: String, _ form: String = "") async throws -> String {
        guard let url = URL(string: address + path) else {
            throw DidNotWork("no address: \(address)\(path)")
        }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpShouldHandleCookies = false
        request.setValue(address, forHTTPHeaderField: "Origin")
        request.setValue(cookies.map { "\($0)=\($1)" }.joined(separator: "; "), forHTTPHeaderField: "Cookie")
        if method == "POST" {
            request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(form.utf8)
        }
        let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let (bytes, answer) = try await session.data(for: request)
        let page = String(decoding: bytes, as: UTF8.self)
        guard let answer = answer as? HTTPURLResponse, [200, 303].contains(answer.statusCode) else {
            throw DidNotWork("\(method) \(path): \(page)")
        }
        for cookie in answer.value(forHTTPHeaderField: "Set-Cookie")?.components(separatedBy: ", ") ?? [] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 {
                cookies[String(pair[0])] = String(pair[1])
            }
        }
        guard let next = answer.value(forHTTPHeaderField: "Location") else {
            return page
        }
        return try await go("GET", next)
    }

    /// Cookies come with the answer that sends on, so it is followed here.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    private func between(_ text: String, _ before: String, _ after: String) -> Substring? {
        guard
            let start = text.range(of: before),
            let end = text.range(of: after, range: start.upperBound..<text.endIndex)
        else {
            return nil
        }
        return text[start.upperBound..<end.lowerBound]
    }
}
