// Figures about a whole board.

/// What the scores of a board come to.
public struct LeaderboardStatistics: Sendable, Equatable {
  /// The sum of all scores; of many large ones it exceeds 64 bits.
  public let sum: Int128
  /// The mean score.
  public let average: Double
  /// The score in the middle.
  public let median: Double
}

extension LeaderboardStatistics: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    sum = try fields.int128("sum")
    average = try fields.number("average")
    median = try fields.number("median")
  }
}
