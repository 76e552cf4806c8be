// The pure parts of sampling: the ratio of the last samples, and what must be even.
import BoardStore
import Boards
import Ledger
import LedgerStore
import Testing

@testable import Verification

@Suite struct DriftWindowTests {
  @Test func `few samples alarm nobody, many with more than one of a hundred do`() {
    var window = DriftWindow()
    window.add(samples: 50, drifted: 50)
    #expect(!window.isAlarming && window.ratio == 1)
    window.add(samples: 4_950, drifted: 0)
    #expect(!window.isAlarming && window.ratio == 0.01)
    window.add(samples: 100, drifted: 2)
    #expect(window.isAlarming)
  }

  @Test func `old samples are forgotten`() {
    var window = DriftWindow()
    window.add(samples: 5_000, drifted: 5_000)
    #expect(window.isAlarming)
    window.add(samples: 5_000, drifted: 0)
    window.add(samples: 5_000, drifted: 0)
    #expect(window.ratio == 0 && !window.isAlarming && !window.keepsOn)
  }

  @Test func `drift that goes on for half a window after the alarm keeps on`() {
    var window = DriftWindow()
    window.add(samples: 500, drifted: 50)
    #expect(window.isAlarming && !window.keepsOn)
    for _ in 0..<9 { window.add(samples: 500, drifted: 50) }
    #expect(!window.keepsOn)
    window.add(samples: 500, drifted: 50)
    #expect(window.keepsOn)
  }

  @Test(arguments: [
    (100, 100, 90, 9, MirrorBalance.Verdict.even), (0, 0, 0, 0, .even), (100, 0, 90, 9, .lost(100, of: 100)),
    (1000, 999, 90, 9, .uneven(1)), (100, 101, 90, 9, .uneven(1)), (100, 100, 0, 0, .even),
    (100, 98, 90, 9, .lost(2, of: 100)),
  ])
  func `members and accounts must be even`(
    accounts: Int64, members: Int64, earners: Int64, sum: Int, verdict: MirrorBalance.Verdict
  ) {
    var balance = MirrorBalance()
    #expect(balance.judge(weight(accounts, members, earners, sum), epoch: 1) == verdict)
  }

  @Test func `what an epoch had it must keep, unless Redis went back`() {
    var balance = MirrorBalance()
    #expect(balance.judge(weight(100, 100, 90, 9, at: 5), epoch: 1) == .even)
    #expect(balance.judge(weight(100, 100, 60, 9, at: 6), epoch: 1) == .lost(30, of: 100))
    #expect(balance.judge(weight(50, 50, 40, 9, at: 4), epoch: 1) == .even)
    #expect(balance.judge(weight(20, 20, 10, 9, at: 7), epoch: 2) == .even)
  }

  @Test func `sums are those of the snapshot and what changed since`() {
    let type = PointTypeID(UUIDBits(high: 1, low: 1))
    func account(_ user: String, _ balance: Int64) -> Account {
      Account(
        key: AccountKey(user: UserID(stored: user), pointType: type), balance: balance, totalEarned: balance,
        version: 1, revision: 1, lastTransactionAt: Instant(microseconds: 1),
        earnedAt: Instant(microseconds: 1), updatedAt: Instant(microseconds: 1))
    }
    func held(_ account: Account) -> HeldAccount {
      HeldAccount(
        key: account.key, packed: PackedAccount.bytes(of: NamedAccount(account, displayName: nil)))
    }
    var now = weight(2, 2, 2, 0)
    now.held = [held(account("a", 15)), held(account("new", 7))]
    now.sums = [.balance: 122, .earned: nil]
    let sums = AccountSums(members: 2, balance: 110, earners: 2, earned: 110, position: 3)
    let then = [UserID(stored: "a"): account("a", 10)]
    let compared = MirrorSums.comparisons(sums, then, now)
    #expect(compared.map(\.expected) == [122, 122] && compared[0].kept == 122 && compared[1].kept == nil)
  }

  private func weight(
    _ accounts: Int64, _ members: Int64, _ earners: Int64, _ sum: Int, at position: Int64 = 1
  ) -> MirrorWeight {
    MirrorWeight(
      position: position, accounts: accounts, members: [.balance: members, .earned: earners],
      sums: [.balance: 0, .earned: Int128(sum)], held: [])
  }
}
