// The Date field of answers. It changes once a second, so its bytes are made once a second.
import Glibc

/// The bytes of "Date: Sun, 06 Nov 1994 08:49:37 GMT" with its line end, for the second at hand.
struct DateField {
  private(set) var bytes: [UInt8] = []
  private var second: Int64 = .min

  /// Brings the field up to date; the caller's monotonic seconds tell cheaply that it still is.
  mutating func update(monotonicSecond: Int64) {
    guard monotonicSecond != second else { return }
    second = monotonicSecond
    bytes = Array("Date: \(Self.format(unixSecond: Int64(time(nil))))\r\n".utf8)
  }

  /// As RFC 9110 section 5.6.7 has it.
  static func format(unixSecond: Int64) -> String {
    var clock = time_t(unixSecond)
    var parts = unsafe tm()
    unsafe gmtime_r(&clock, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let day = unsafe days[Int(parts.tm_wday)]
    let month = unsafe months[Int(parts.tm_mon)]
    let date = unsafe "\(twoDigits(parts.tm_mday)) \(month) \(1900 + parts.tm_year)"
    let time = unsafe "\(twoDigits(parts.tm_hour)):\(twoDigits(parts.tm_min)):\(twoDigits(parts.tm_sec))"
    return "\(day), \(date) \(time) GMT"
  }

  private static func twoDigits(_ value: Int32) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }
}
