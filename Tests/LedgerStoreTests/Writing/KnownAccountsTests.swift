// The memory of accounts that are there: it may forget, and hardly ever errs.

import Ledger
import Testing

@testable import LedgerStore

@Suite struct KnownAccountsTests {
  private func account(_ number: Int, version: Int64 = 1) -> Account {
    let key = AccountKey(
      user: UserID(stored: "member-\(number)"), pointType: PointTypeID(UUIDBits(high: 1, low: 2)))
    return Account(
      key: key, balance: 0, held: 0, totalEarned: 0, totalSpent: 0, version: version, revision: version,
      lastTransactionAt: nil, earnedAt: nil, updatedAt: Instant(microseconds: 1))
  }

  @Test func `what was seen with a transaction is known, and nothing else`() {
    var known = KnownAccounts()
    let (seen, empty, other) = (account(1), account(2, version: 0), account(3))
    known.insert([seen, empty])
    #expect(known.unknown(among: [seen, empty, other].map(\.key)) == [empty.key, other.key])
  }

  /// More than ever fit at the beginning, and four of five of them however many there are.
  @Test(arguments: [1_000, 100_000, 1_000_000])
  func `most of what is in use is known once it has been seen twice`(count: Int) {
    var known = KnownAccounts()
    for _ in 0..<2 {
      for number in 0..<count { known.insert(CollectionOfOne(account(number))) }
    }
    let unknown = stride(from: 0, to: count, by: 7).count { !known.unknown(among: [account($0).key]).isEmpty }
    #expect(unknown * 7 < count / 4)
    let strangers = (count..<(count + 10_000)).count { known.unknown(among: [account($0).key]).isEmpty }
    #expect(strangers == 0)
  }
}
