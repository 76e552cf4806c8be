// A stretch of time that somebody announces.

/// A season of a board: from its start to its end, which is no longer in it.
public struct Season: Sendable, Equatable {
  /// By which readers ask for it.
  public let label: String
  /// Its first instant.
  public let startsAt: Timestamp
  /// The first instant that is no longer in it.
  public let endsAt: Timestamp

  /// A season that is to be.
  public init(_ label: String, from startsAt: Timestamp, to endsAt: Timestamp) {
    self.label = label
    self.startsAt = startsAt
    self.endsAt = endsAt
  }
}
