// What a mirror holds, as a verifier sees it: nothing of it is believed yet.
import Boards
package import Ledger

/// What an epoch holds of one account.
package struct HeldAccount: Sendable, Equatable {
  package let key: AccountKey
  /// As it lies there; nil if there is none.
  package let packed: [UInt8]?
  /// What that says; nil for what is no account.
  package let account: NamedAccount?
  /// The score of the member that belongs to what is held; nil where there is no such member.
  package let scores: [MirroredSet: Double]
  /// The places it has in periods that are closed for good: nothing is there of them any more.
  package let retired: Set<SlotKey>

  package init(
    key: AccountKey, packed: [UInt8]?, scores: [MirroredSet: Double] = [:], retired: Set<SlotKey> = []
  ) {
    self.key = key
    self.packed = packed
    account = packed.flatMap { PackedAccount.account(key, $0) }
    self.scores = scores
    self.retired = retired
  }

  /// The places it has, but for those.
  package var listed: [ListedSlot] {
    (packed.map(PackedAccount.slots) ?? []).filter { !retired.contains($0.slot.key) }
  }
}

/// A member of a board that the account beside it does not have there.
package struct StrangeMember: Sendable, Equatable {
  package let board: MirroredSet
  package let member: [UInt8]
  package let score: Double?
  /// What the epoch holds of the user in it.
  package let packed: [UInt8]?

  package init(board: MirroredSet, member: [UInt8], score: Double?, packed: [UInt8]?) {
    self.board = board
    self.member = member
    self.score = score
    self.packed = packed
  }

  /// Eight bytes of time come first.
  package var user: UserID { UserID(stored: String(decoding: member.dropFirst(8), as: UTF8.self)) }

  package var reachedAt: Instant? {
    member.count > 8 ? Instant(microseconds: member.bigEndianInteger(at: 0)) : nil
  }
}

/// A part of a walk over a board.
package struct BoardScan: Sendable {
  /// Where to go on; nil at the end.
  package var next: [UInt8]?
  package var looked: Int64
  package var strange: [StrangeMember]
}

/// A part of a walk over the scores of a board with dense ranks.
package struct ScoreScan: Sendable {
  /// Where to go on; nil at the end.
  package var next: [UInt8]?
  package var looked: Int64
  /// How many of them no member has.
  package var strange: Int64
}

/// How much an epoch holds, of one moment.
package struct MirrorWeight: Sendable {
  package var position: Int64
  package var accounts: Int64
  package var members: [MirroredSet: Int64]
  /// As kept beside the boards; nil for what is no sum.
  package var sums: [MirroredSet: Int128?]
  /// The accounts asked for, in their order.
  package var held: [HeldAccount]

  package init(
    position: Int64, accounts: Int64, members: [MirroredSet: Int64], sums: [MirroredSet: Int128?],
    held: [HeldAccount]
  ) {
    self.position = position
    self.accounts = accounts
    self.members = members
    self.sums = sums
    self.held = held
  }
}

/// What an epoch should not hold.
package enum MirrorGhost: Sendable {
  /// An account that the ledger does not have, as it was seen; under what need be no user id.
  case account([UInt8], packed: [UInt8])
  case member(MirroredSet, [UInt8])
}

/// A change of a sum, as its two limbs take it. An Int128 that a suspended function keeps ends in a crash
/// with this compiler, so it is taken apart before anybody waits.
package struct SumLimbs: Sendable, Equatable {
  let high: Int64
  let low: Int64

  package init(_ difference: Int128) {
    high = Int64(clamping: difference >> 32)
    low = Int64(difference & 0xFFFF_FFFF)
  }
}
