// The five fields of a cron expression, and the numbers each may name.

package enum CronField: Sendable, Hashable, CaseIterable {
  case minute, hour, dayOfMonth, month, dayOfWeek

  /// On days of the week, 0 and 7 are both Sunday.
  var range: ClosedRange<Int> {
    switch self {
    case .minute: 0...59
    case .hour: 0...23
    case .dayOfMonth: 1...31
    case .month: 1...12
    case .dayOfWeek: 0...7
    }
  }

  /// Names for the numbers from the least one on.
  var names: [String] {
    switch self {
    case .minute, .hour, .dayOfMonth: []
    case .month:
      ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    case .dayOfWeek: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    }
  }
}

extension CronField: CustomStringConvertible {
  package var description: String {
    switch self {
    case .minute: "minute"
    case .hour: "hour"
    case .dayOfMonth: "day of month"
    case .month: "month"
    case .dayOfWeek: "day of week"
    }
  }
}
