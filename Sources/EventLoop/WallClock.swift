// The time of day, for log lines and answers. Deadlines never use it: it can be set back.
import CUV
import Glibc

/// An instant of Universal Time in microseconds.
package struct WallClock: Sendable, Hashable {
  package let microseconds: Int64

  package static var now: WallClock {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return WallClock(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }

  /// RFC 3339 with microseconds: `2026-01-31T12:00:00.000001Z`.
  package var text: String {
    var second = time_t(microseconds / 1_000_000)
    var parts = unsafe tm()
    unsafe gmtime_r(&second, &parts)
    let date = unsafe [1900 + parts.tm_year, parts.tm_mon + 1, parts.tm_mday].map(padded).joined(
      separator: "-")
    let time = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map(padded).joined(separator: ":")
    let fraction = String(1_000_000 + microseconds % 1_000_000).dropFirst()
    return "\(date)T\(time).\(fraction)Z"
  }

  private func padded(_ value: Int32) -> String {
    value < 10 ? "0\(value)" : String(value)
  }
}
