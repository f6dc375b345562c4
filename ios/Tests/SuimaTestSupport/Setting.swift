import Foundation

/// Something that the tests stand on did not work.
package struct DidNotWork: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// What `cargo xtask swift` says of where things are.
package func setting(_ name: String) throws -> String {
    guard let value = ProcessInfo.processInfo.environment[name] else {
        throw DidNotWork("\(name) is not set; run `cargo xtask swift`")
    }
    return value
}

extension Data {
    /// Reads hexadecimal digits; none where there is anything else.
    package init?(hex: some StringProtocol) {
        let digits = hex.trimmingCharacters(in: .whitespaces).map(\.hexDigitValue)
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else {
            return nil
        }
        let values = digits.compactMap { $0 }
        self.init(stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] * 16 + values[$0 + 1]) })
    }

    /// As hexadecimal digits.
    package var hex: String {
        map { String(format: "%02x", $0) }.joined()
    }
}
