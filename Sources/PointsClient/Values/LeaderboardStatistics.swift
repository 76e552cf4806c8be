// Figures about a whole board.

/// What the scores of a board come to.
public struct LeaderboardStatistics: Sendable, Equatable {
  /// The sum of all scores; of many large ones it exceeds 64 bits.
  public let sum: Int128
  /// nil for an empty board.
  public let average: Double?
  /// The score in the middle; nil for an empty board.
  public let median: Double?
}

extension LeaderboardStatistics: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    sum = try fields.int128("sum")
    average = try fields.numberIfAny("average")
    median = try fields.numberIfAny("median")
  }
}
