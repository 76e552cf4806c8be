// What the lanes of this process committed a moment ago. The follower, who comes right behind them, sends
// those accounts without asking Postgres for what the process already knows.
//
// Batches are known by their uuid, which the database drew when they were committed: so what is found here
// under the name of a batch is what that batch left, in this ledger and no other, also after a restore or a
// failover.
import Ledger
import Synchronization

/// Shared by the workers of a process.
package final class RecentBatches: Sendable {
  /// A follower that is further behind than this asks Postgres.
  private static let accountsMax = 16_384

  private struct Contents {
    var isFollowed = false
    var batches: [UUIDBits: [NamedAccount]] = [:]
    var accounts = 0

    mutating func removeAll() {
      batches.removeAll(keepingCapacity: true)
      accounts = 0
    }
  }

  private let contents = Mutex(Contents())

  package init() {}

  /// Says whether this process follows. Nothing is remembered for somebody else.
  func follow(_ isFollowed: Bool) {
    contents.withLock { contents in
      contents.isFollowed = isFollowed
      if !isFollowed { contents.removeAll() }
    }
  }

  func insert(_ accounts: [NamedAccount], of batch: UUIDBits) {
    contents.withLock { contents in
      guard contents.isFollowed, accounts.count <= Self.accountsMax else { return }
      if contents.accounts + accounts.count > Self.accountsMax { contents.removeAll() }
      guard contents.batches.updateValue(accounts, forKey: batch) == nil else { return }
      contents.accounts += accounts.count
    }
  }

  /// What these batches left, as far as it is known here. It is then forgotten.
  func take(_ batches: [UUIDBits]) -> [UUIDBits: [NamedAccount]] {
    contents.withLock { contents in
      var taken: [UUIDBits: [NamedAccount]] = [:]
      for batch in batches {
        guard let accounts = contents.batches.removeValue(forKey: batch) else { continue }
        contents.accounts -= accounts.count
        taken[batch] = accounts
      }
      return taken
    }
  }
}
