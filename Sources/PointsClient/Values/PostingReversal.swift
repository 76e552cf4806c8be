// The answer to the reversal of a posting.

/// A posting that takes back another, wholly or in part.
public struct PostingReversal: Sendable, Equatable {
  /// The new posting and its accounts after it.
  public let receipt: PostingReceipt
  /// How much of the original is still not taken back, over all of its transactions.
  public let remaining: Int64
}

extension PostingReversal {
  init(_ fields: Fields, isReplayed: Bool) throws(MalformedAnswer) {
    receipt = try PostingReceipt(fields, isReplayed: isReplayed)
    remaining = try fields.int64("remaining")
  }
}
