// Tests that mean today by "now", and take a few seconds for it.
import Foundation

package enum Midnight {
  package struct UnknownZone: Error {
    package let name: String
  }

  /// Waits until midnight has passed if it is less than a minute away, in any of these time zones.
  package static func pass(in zones: [String] = ["UTC"]) async throws {
    for name in zones {
      guard let zone = TimeZone(identifier: name) else { throw UnknownZone(name: name) }
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = zone
      let now = Date()
      let day = calendar.startOfDay(for: now.addingTimeInterval(60))
      guard day > now else { continue }
      try await Task.sleep(for: .seconds(day.timeIntervalSince(now) + 1))
    }
  }
}
