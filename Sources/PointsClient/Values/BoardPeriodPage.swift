// A part of the periods of a board.

/// Periods of a board, the newest first.
public struct BoardPeriodPage: Sendable, Equatable {
  /// The periods, those to come included unless only begun ones were asked for.
  public let periods: [BoardPeriod]
  /// Where the next page begins; nil at the end.
  public let cursor: String?
}

extension BoardPeriodPage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    periods = try fields.list("periods")
    cursor = try fields.textIfAny("cursor")
  }
}
