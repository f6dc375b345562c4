import SuimaModels

/// Reads a code that was drawn for paper (ISO/IEC 18004, level Q, alphanumeric mode) from its modules. They are
/// exact, so nothing is corrected.
enum PaperCodeReader {
    /// Rows and columns of alignment patterns besides the sixth, by version.
    private static let alignment: [Int: [Int]] = [
        7: [22, 38], 8: [24, 42], 9: [26, 46], 10: [28, 50], 11: [30, 54],
    ]
    /// Codewords of data in each block of level Q, by version.
    private static let blocks: [Int: [Int]] = [
        7: [14, 14, 15, 15, 15, 15], 8: [18, 18, 18, 18, 19, 19], 9: [16, 16, 16, 16, 17, 17, 17, 17],
        10: [19, 19, 19, 19, 19, 19, 20, 20], 11: [22, 22, 22, 22, 23, 23, 23, 23],
    ]
    private static let quiet = 4

    static func read(_ drawing: CodeDrawing) -> String? {
        let width = drawing.side - 2 * quiet
        let version = (width - 17) / 4
        guard let blocks = blocks[version] else { return nil }
        var dark = [[Bool]](repeating: [Bool](repeating: false, count: width), count: width)
        for run in drawing.runs {
            for x in run.x..<run.x + run.length {
                dark[run.y - quiet][x - quiet] = true
            }
        }
        let mask = [2, 3, 4].reduce(0) { $0 << 1 | (dark[8][$1] ? 1 : 0) } ^ 0b101
        let bits = path(width, version).map { row, column in dark[row][column] != flips(mask, row, column) }
        return text(data(bits, blocks), countBits: version < 10 ? 9 : 11)
    }

    /// The modules that carry data, in their order: two columns at a time, up and down in turn.
    private static func path(_ width: Int, _ version: Int) -> [(Int, Int)] {
        var path: [(Int, Int)] = []
        var up = true
        var right = width - 1
        while right > 0 {
            if right == 6 { right -= 1 }
            for step in 0..<width {
                let row = up ? width - 1 - step : step
                for column in [right, right - 1] where !isFunction(row, column, width, version) {
                    path.append((row, column))
                }
            }
            up.toggle()
            right -= 2
        }
        return path
    }

    private static func isFunction(_ row: Int, _ column: Int, _ width: Int, _ version: Int) -> Bool {
        if row == 6 || column == 6 { return true }
        // Finders with their margins, and the format beside them.
        if row < 9 && (column < 9 || column >= width - 8) || row >= width - 8 && column < 9 { return true }
        // The version.
        if row < 6 && column >= width - 11 || column < 6 && row >= width - 11 { return true }
        let centres = [6] + (alignment[version] ?? [])
        return centres.contains { y in
            centres.contains { x in
                let isFinder = y == 6 && (x == 6 || x == width - 7) || x == 6 && y == width - 7
                return !isFinder && abs(row - y) <= 2 && abs(column - x) <= 2
            }
        }
    }

    private static func flips(_ mask: Int, _ row: Int, _ column: Int) -> Bool {
        let product = row * column
        switch mask {
        case 0: return (row + column) % 2 == 0
        case 1: return row % 2 == 0
        case 2: return column % 3 == 0
        case 3: return (row + column) % 3 == 0
        case 4: return (row / 2 + column / 3) % 2 == 0
        case 5: return product % 2 + product % 3 == 0
        case 6: return (product % 2 + product % 3) % 2 == 0
        default: return ((row + column) % 2 + product % 3) % 2 == 0
        }
    }

    /// The codewords of data, block after block, as bits.
    private static func data(_ bits: [Bool], _ blocks: [Int]) -> [Bool] {
        var parts = blocks.map { _ in [Bool]() }
        var next = 0
        for place in 0..<(blocks.max() ?? 0) {
            for block in blocks.indices where place < blocks[block] {
                parts[block] += bits[next..<next + 8]
                next += 8
            }
        }
        return Array(parts.joined())
    }

    private static func text(_ bits: [Bool], countBits: Int) -> String? {
        let characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
        var at = 0
        func number(_ length: Int) -> Int {
            defer { at += length }
            return bits[at..<at + length].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
        }
        guard number(4) == 0b0010 else { return nil }
        var left = number(countBits)
        var text = ""
        while left > 0 {
            let value = number(left > 1 ? 11 : 6)
            guard value < 45 * 45 else { return nil }
            if left > 1 {
                text.append(characters[value / 45])
            }
            text.append(characters[value % 45])
            left -= 2
        }
        return text
    }
}
