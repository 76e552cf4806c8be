// What became of a change of the boards.
package import Boards
package import Ledger

package enum BoardCreation: Sendable, Equatable {
  /// With those it has for single categories behind it.
  case created([DefinedBoard])
  case nameTaken
  case typeGone
  case unknownZone
  /// There are as many boards of the type as an account can have places on.
  case tooMany
  case overlappingSeasons
}

package enum BoardChange: Sendable, Equatable {
  case changed(DefinedBoard)
  case notFound
}

package enum PeriodChange: Sendable, Equatable {
  case changed(BoardPeriod)
  case notFound
  /// It is over, or was taken back.
  case notOpen
  /// It would end before it begins, in the past, or reach into what is not its own.
  case impossible(String)
}

/// A season that somebody announces.
package struct Season: Sendable, Equatable {
  package let label: String
  package let start: Instant
  package let end: Instant

  package init(label: String, start: Instant, end: Instant) {
    self.label = label
    self.start = start
    self.end = end
  }

  /// Letters, digits, dots, hyphens and underscores: as it stands, a part of a path. `current` and `previous`
  /// are no labels, for they mean another period on each day.
  package static func isLabel(_ text: String) -> Bool {
    let bytes = text.utf8
    guard 1...64 ~= bytes.count, let first = bytes.first, isLetterOrDigit(first) else { return false }
    guard text != "current", text != "previous" else { return false }
    return bytes.allSatisfy { isLetterOrDigit($0) || [0x2D, 0x2E, 0x5F].contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
