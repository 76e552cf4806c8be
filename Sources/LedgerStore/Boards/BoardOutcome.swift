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
}
