import Darwin
import Foundation
import Suima

/// The phone's clocks. The one since the start goes on while the phone sleeps.
final class PhoneClock: Clock, Sendable {
    struct NoClock: Error {}

    func read() throws -> ClockReading {
        var base = mach_timebase_info_data_t()
        guard mach_timebase_info(&base) == KERN_SUCCESS, base.denom > 0 else {
            throw NoClock()
        }
        let nanoseconds = mach_continuous_time().multipliedFullWidth(by: UInt64(base.numer))
        let (sinceBoot, _) = UInt64(base.denom).dividingFullWidth(nanoseconds)
        return ClockReading(wall: Date(), sinceBootMs: sinceBoot / 1_000_000, boot: try boot())
    }

    /// Another one after each start of the phone.
    private func boot() throws -> String {
        var length = 0
        guard sysctlbyname("kern.bootsessionuuid", nil, &length, nil, 0) == 0, length > 1 else {
            throw NoClock()
        }
        var name = [UInt8](repeating: 0, count: length)
        guard sysctlbyname("kern.bootsessionuuid", &name, &length, nil, 0) == 0 else {
            throw NoClock()
        }
        return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    }
}

/// Milliseconds on a clock that does not run back, for scanners.
enum Uptime {
    static var milliseconds: UInt64 {
        DispatchTime.now().uptimeNanoseconds / 1_000_000
    }
}
