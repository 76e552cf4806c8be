// What can be wrong with a compiled time zone (RFC 9636).

package enum ZoneFileDefect: Error, Equatable, CaseIterable {
  case tooLarge, notAZone, version, truncated, trailingBytes
  case counts, leapSeconds, order, typeIndex, offset, designation, indicator
  case footer
}

extension ZoneFileDefect: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLarge: "it is larger than any time zone"
    case .notAZone: "it does not begin like a time zone"
    case .version: "it is of an unknown version, or of two"
    case .truncated: "it ends too early"
    case .trailingBytes: "something follows its end"
    case .counts: "its counts contradict each other"
    case .leapSeconds: "it counts leap seconds, as no clock of ours does"
    case .order: "its transitions are out of order"
    case .typeIndex: "a transition leads to a local time that is not there"
    case .offset: "a local time is farther from Universal Time than a day and two hours"
    case .designation: "a local time has no proper designation"
    case .indicator: "an indicator is neither 0 nor 1, or contradicts another"
    case .footer: "the rule at its end cannot be read"
    }
  }
}
