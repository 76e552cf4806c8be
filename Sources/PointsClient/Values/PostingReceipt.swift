// The answer to a posting.

/// A posting that was made, and what it made of its accounts.
public struct PostingReceipt: Sendable, Equatable {
  /// The posting.
  public let posting: Posting
  /// Its accounts after it.
  public let balances: [AccountState]
  /// Whether boards and balances in Redis show it already. If not, they follow within seconds.
  public let isProjected: Bool
  /// Whether it had been made before, under the same key; this is the answer of then.
  public let isReplayed: Bool
}

extension PostingReceipt {
  init(_ fields: Fields, isReplayed: Bool) throws(MalformedAnswer) {
    posting = try fields.value("posting")
    balances = try fields.list("balances")
    isProjected = try fields.flag("projected")
    self.isReplayed = isReplayed
  }
}
