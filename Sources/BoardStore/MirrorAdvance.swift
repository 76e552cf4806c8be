// What `advance_accounts` is given: the states that must be there, those that follow, and what that means for
// the two boards of all time.
import Boards
import Ledger
import RedisClient

struct MirrorAdvance {
  private let pointType: PointTypeID
  /// Whoever were named twice would enter the boards twice.
  private var last: AccountKey?
  private var users = RedisArguments()
  private var expected = RedisArguments()
  private var states = RedisArguments()
  private var balance = Changes(of: .balance)
  private var earned = Changes(of: .earned)

  init(of pointType: PointTypeID) {
    self.pointType = pointType
  }

  /// False where the account is not for this way.
  mutating func add(_ changed: ChangedAccount) -> Bool {
    let new = changed.account.account
    if let last, !(last < new.key) { return false }
    last = new.key
    guard new.key.pointType == pointType, let old = changed.before, new.slots.isEmpty, old.slots.isEmpty,
      new.version > 0, new.revision > old.revision
    else { return false }
    let user = new.key.user.text
    var before = changed.account
    before.account = old
    users.append(user)
    // An account without a transaction is not shown.
    expected.append(old.version > 0 ? PackedAccount.bytes(of: before) : [])
    states.append(user)
    states.append(PackedAccount.bytes(of: changed.account))
    balance.move(user, from: old, to: new)
    earned.move(user, from: old, to: new)
    return true
  }

  /// Of the epoch whose number that is, behind whose identity a marker must begin.
  func arguments(_ identity: [UInt8], _ epoch: [UInt8]) -> RedisArguments {
    var arguments: RedisArguments = [identity, epoch]
    for count in [
      users.count, balance.leaving.count, balance.entering.count, earned.leaving.count, earned.entering.count,
    ] { arguments.append(Int64(count)) }
    for limb in [balance.high, balance.low, earned.high, earned.low] { arguments.append(limb) }
    for part in [
      users, expected, states, balance.leaving, balance.entering, earned.leaving, earned.entering,
    ] { arguments.append(contentsOf: part) }
    return arguments
  }
}

/// What changes on one board.
private struct Changes {
  /// A member is since when it has its score, and the user.
  private struct Place: Equatable {
    let score: Int64
    let since: UInt64
  }

  private(set) var leaving = RedisArguments()
  /// Scores and members in turn.
  private(set) var entering = RedisArguments()
  /// Of the sum, by its limbs; of one call's accounts neither can overflow.
  private(set) var high: Int64 = 0
  private(set) var low: Int64 = 0
  private let board: AllTimeBoard

  init(of board: AllTimeBoard) {
    self.board = board
  }

  mutating func move(_ user: String, from old: Account, to new: Account) {
    let (was, will) = (place(of: old), place(of: new))
    guard was != will else { return }
    if let was {
      count(was.score, -1)
      if was.since != will?.since { leaving.append(bigEndian: was.since, user) }
    }
    if let will {
      count(will.score, 1)
      entering.append(ScoreEncoding.text(of: will.score))
      entering.append(bigEndian: will.since, user)
    }
  }

  private func place(of account: Account) -> Place? {
    guard let score = board.score(of: account) else { return nil }
    return Place(score: score, since: UInt64(bitPattern: board.reachedAt(of: account)?.microseconds ?? 0))
  }

  private mutating func count(_ score: Int64, _ sign: Int64) {
    high += sign * (score >> 32)
    low += sign * (score & 0xFFFF_FFFF)
  }
}
