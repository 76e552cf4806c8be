// The first way into Redis: right after a commit, before its callers are answered. It may fail; then the
// callers are told, and the follower brings the accounts there later.
package import BoardStore
package import Ledger
package import LedgerStore

/// Sends what a worker's lanes committed; used on the worker's loop.
package struct Projector: Sendable {
  private let boards: BoardStore
  /// How long callers wait for Redis before they are answered without it.
  private let patience: Duration

  private let recent: RecentBatches

  package init(_ boards: BoardStore, patience: Duration, noting recent: RecentBatches = RecentBatches()) {
    self.boards = boards
    self.patience = patience
    self.recent = recent
  }

  /// Shows Redis what a lane committed, and notes it for the follower.
  package func project(_ committed: CommittedAccounts) async -> Set<PointTypeID> {
    if let batch = committed.batch { recent.insert(committed.accounts, of: batch) }
    return await project(committed.accounts)
  }

  /// Shows Redis the accounts; answers the point types whose mirrors may not have them.
  package func project(_ accounts: [NamedAccount]) async -> Set<PointTypeID> {
    let outcomes = await boards.send(accounts, timeout: patience)
    return Set(outcomes.filter { $0.value != .applied }.keys)
  }
}
