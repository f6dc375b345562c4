import Foundation
import Suima
import SuimaTestSupport

/// Values as scenarios and vectors write them; `nil` as `null`.
extension JSON {
    init(_ text: String?) {
        self = text.map(JSON.string) ?? .null
    }

    init(_ truth: Bool?) {
        self = truth.map(JSON.bool) ?? .null
    }

    init(_ number: (some BinaryInteger)?) {
        self = number.map { .number(Int64($0)) } ?? .null
    }

    /// A moment in Shanghai: `2026-12-21 23:59:59`.
    init(_ moment: Date?) {
        self.init(moment.map(shanghai))
    }

    /// The case of an enumeration without values: `too-late`.
    init<Word>(word: Word?) {
        self.init(word.map { kebab("\($0)") })
    }

    init(_ fields: [String: JSON]?) {
        self = fields.map(JSON.object) ?? .null
    }
}

/// `manualCheck` as the files write it: `manual-check`.
func kebab(_ name: String) -> String {
    name.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
}

extension Place {
    /// As the files write it.
    init?(word name: String) {
        guard let place = [Place.sampling, .gate, .manualCheck].first(where: { kebab("\($0)") == name }) else {
            return nil
        }
        self = place
    }
}

private func shanghai(_ moment: Date) -> String {
    var calendar = Calendar(identifier: .gregorian)
    // It has kept no summer time since 1991.
    calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3600)!
    let of = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: moment)
    return String(
        format: "%04d-%02d-%02d %02d:%02d:%02d",
        of.year!, of.month!, of.day!, of.hour!, of.minute!, of.second!)
}
