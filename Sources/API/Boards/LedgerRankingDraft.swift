// A ranking while it is read, page by page.
import Boards
import Ledger

struct LedgerRankingDraft: Sendable {
  private let pointType: PointTypeID
  private let asOf: Instant
  private var members: [LedgerRanking.Member] = []
  private var texts: [UInt8] = []

  init(_ pointType: PointTypeID, asOf: Instant) {
    self.pointType = pointType
    self.asOf = asOf
  }

  var count: Int { members.count }

  /// Accounts in the order of the bytes of the users' ids, behind those added before.
  mutating func add(_ accounts: [NamedAccount]) {
    for named in accounts {
      let account = named.account
      // On no board before the first transaction, which is never seen from outside its own.
      guard let balanceAt = account.lastTransactionAt else { continue }
      let (user, name) = (account.key.user.text.utf8, (named.displayName ?? "").utf8)
      members.append(
        LedgerRanking.Member(
          text: texts.count, userBytes: UInt8(clamping: user.count), nameBytes: UInt16(clamping: name.count),
          balance: account.balance, balanceAt: balanceAt.microseconds, earned: account.totalEarned,
          earnedAt: account.earnedAt?.microseconds))
      texts.append(contentsOf: user)
      texts.append(contentsOf: name)
    }
  }

  /// Sorts; to be called where that may take its time.
  func ranking() -> LedgerRanking {
    LedgerRanking(pointType, asOf: asOf, members: members, texts: texts)
  }
}
