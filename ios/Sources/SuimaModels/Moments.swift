import Foundation
import Suima

/// Moments as the core writes them in its sentences: of Shanghai, whatever the phone's time zone is.
public enum Moments {
    /// `2026-11-22 09:00`.
    public static func minute(_ date: Date) -> String {
        let of = parts(date)
        return "\(of.year ?? 0)-\(two(of.month))-\(two(of.day)) \(two(of.hour)):\(two(of.minute))"
    }

    /// `09:00:07`, for what changes every few seconds.
    public static func second(_ date: Date) -> String {
        let of = parts(date)
        return "\(two(of.hour)):\(two(of.minute)):\(two(of.second))"
    }

    private static func parts(_ date: Date) -> DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        // Without daylight saving since 1991.
        calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt
        return calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    }

    private static func two(_ part: Int?) -> String {
        let number = part ?? 0
        return number < 10 ? "0\(number)" : "\(number)"
    }
}
