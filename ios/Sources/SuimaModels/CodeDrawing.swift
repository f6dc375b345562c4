import Foundation

/// A QR code of the core as dark squares, so that a screen draws it sharply at any size: the path of its SVG, which
/// is made of runs `M4 4h7v1h-7z`, one unit to a module.
public struct CodeDrawing: Equatable, Sendable {
    /// Dark modules side by side.
    public struct Run: Equatable, Sendable {
        public let x, y, length: Int
    }

    /// Modules from edge to edge, the quiet zone included.
    public let side: Int
    public let runs: [Run]

    /// None where the SVG is not one of the core.
    public init?(svg: String) {
        guard
            let box = Self.between(svg, "viewBox=\"", "\"")?.split(separator: " "), box.count == 4,
            let side = Int(box[2]), box[3] == box[2],
            let path = Self.between(svg, "<path d=\"", "\"")
        else {
            return nil
        }
        var runs: [Run] = []
        for part in path.split(separator: "M") {
            let numbers = part.split { $0 == " " || $0 == "h" || $0 == "v" }
            guard
                numbers.count >= 3, let x = Int(numbers[0]), let y = Int(numbers[1]),
                let length = Int(numbers[2]), length > 0,
                part == "\(x) \(y)h\(length)v1h-\(length)z"
            else {
                return nil
            }
            runs.append(Run(x: x, y: y, length: length))
        }
        guard side > 0, !runs.isEmpty else { return nil }
        self.side = side
        self.runs = runs
    }

    private static func between(_ text: String, _ before: String, _ after: String) -> Substring? {
        guard
            let start = text.range(of: before),
            let end = text.range(of: after, range: start.upperBound..<text.endIndex)
        else {
            return nil
        }
        return text[start.upperBound..<end.lowerBound]
    }
}
