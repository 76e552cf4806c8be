// What a sorted set holds for a user. Redis lists members of equal score in the order of their bytes: so the
// time comes first, and whoever reached the score earliest is listed first, then whoever's id is the lesser.

/// A member of a board in Redis: when it reached its score, then the user's id.
package struct BoardMember: Sendable, Equatable {
  /// Microseconds since 1970, never negative.
  package let reachedAt: Int64
  /// The bytes of the id, which is UTF-8.
  package let user: [UInt8]

  static let timeBytes = 8

  package init(reachedAt: Int64, user: [UInt8]) {
    precondition(reachedAt >= 0, "Scores of the ledger are reached after 1970.")
    self.reachedAt = reachedAt
    self.user = user
  }

  /// Nil for bytes that are no member: no id is empty.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count > Self.timeBytes, bytes[0] < 0x80 else { return nil }
    self.init(reachedAt: bytes.bigEndianInteger(at: 0), user: Array(bytes[Self.timeBytes...]))
  }

  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.timeBytes + user.count)
    bytes.append(bigEndian: reachedAt)
    bytes.append(contentsOf: user)
    return bytes
  }
}
