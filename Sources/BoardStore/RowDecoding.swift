// From the values of a reply to accounts and rows. Whatever does not fit makes the whole reply unusable: half
// a board is no answer.
import Boards
import Ledger
import RedisClient

/// Decodes what scripts answer about one point type.
struct RowDecoding {
  let pointType: PointTypeID

  init(_ pointType: PointTypeID) {
    self.pointType = pointType
  }

  func account(_ value: RedisValue, _ user: UserID) -> NamedAccount? {
    value.bytes.flatMap { PackedAccount.account(AccountKey(user: user, pointType: pointType), $0) }
  }

  /// An account or nil for each user; nil altogether if one cannot be read.
  func accounts(_ values: ArraySlice<RedisValue>, _ users: [UserID]) -> [NamedAccount?]? {
    var accounts: [NamedAccount?] = []
    accounts.reserveCapacity(users.count)
    for (value, user) in zip(values, users) {
      let account = account(value, user)
      guard account != nil || value == .null else { return nil }
      accounts.append(account)
    }
    return accounts
  }

  /// From the ids and the packed accounts that belong to them.
  func rows(
    _ board: MirrorBoard, users: RedisValue, accounts: RedisValue, offset: Int64, before: Int64
  ) -> [BoardRow]? {
    guard let users = users.array, let values = accounts.array, users.count == values.count else {
      return nil
    }
    var named: [NamedAccount] = []
    var scores: [Int64] = []
    for (user, value) in zip(users, values) {
      guard let user = user.bytes.map({ UserID(stored: String(decoding: $0, as: UTF8.self)) }),
        let account = account(value, user), let score = board.score(of: account.account)
      else { return nil }
      named.append(account)
      scores.append(score)
    }
    let merits = scores.map(board.order.merit)
    let ranks = board.order.style.ranks(ofPage: merits, offset: offset, before: before)
    return named.indices.map { BoardRow(rank: ranks[$0], score: scores[$0], account: named[$0]) }
  }

  func row(_ board: MirrorBoard, _ account: NamedAccount, before: Int64) -> BoardRow? {
    board.score(of: account.account).map { BoardRow(rank: before + 1, score: $0, account: account) }
  }

  /// The value of an account whose user does not matter.
  func score(_ board: MirrorBoard, _ value: RedisValue) -> Int64? {
    account(value, UserID(stored: "")).flatMap { board.score(of: $0.account) }
  }

  /// The sum of a board, from its two limbs; one that was never written is zero.
  func sum(_ limbs: [RedisValue]) -> Int128? {
    guard limbs.count == 2, let high = limb(limbs[0]), let low = limb(limbs[1]) else { return nil }
    return high << 32 + low
  }

  private func limb(_ value: RedisValue) -> Int128? {
    guard value != .null else { return 0 }
    return value.bytes.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }.map { Int128($0) }
  }
}
