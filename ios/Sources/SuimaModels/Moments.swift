import Foundation
import Suima

/// Moments as the core writes them in its sentences: of Shanghai, whatever the phone's time zone is.
public enum Moments {
    /// `2026-11-22 09:00`.
    public static func minute(_ date: Date) -> String {
        let (day, second) = parts(date)
        return "\(day) \(two(second / 3600)):\(two(second / 60 % 60))"
    }

    /// `09:00:07`, for what changes every few seconds.
    public static func second(_ date: Date) -> String {
        let second = parts(date).second
        return "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
    }

    /// `2026-11-22`.
    public static func day(_ date: Date) -> String {
        parts(date).day
    }

    private static func parts(_ date: Date) -> (day: String, second: Int) {
        var calendar = Calendar(identifier: .gregorian)
        // Without daylight saving since 1991.
        calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt
        let of = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        let day = "\(of.year ?? 0)-\(two(of.month ?? 0))-\(two(of.day ?? 0))"
        return (day, ((of.hour ?? 0) * 60 + (of.minute ?? 0)) * 60 + (of.second ?? 0))
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
