// What can be wrong with what callers and files say about time.

package enum CalendarError: Error, Equatable {
  /// No name of a time zone looks like this.
  case invalidZoneName
  /// There is no such time zone on this machine.
  case unknownZone(name: String)
  case unreadableZone(name: String, errno: Int32)
  case malformedZone(name: String, ZoneFileDefect)
  case cron(CronDefect)
}

extension CalendarError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidZoneName: "a time zone is named like Europe/Berlin or UTC"
    case .unknownZone(let name): "there is no time zone \(name)"
    case .unreadableZone(let name, let errno):
      "the file of the time zone \(name) cannot be read (errno \(errno))"
    case .malformedZone(let name, let defect): "the file of the time zone \(name) is malformed: \(defect)"
    case .cron(let defect): defect.description
    }
  }
}
