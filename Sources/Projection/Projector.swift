// The first way into Redis: right after a commit, before its callers are answered. It may fail; then the
// callers are told, and the follower brings the accounts there later.
package import BoardStore
package import Ledger

/// Sends what a worker's lanes committed; used on the worker's loop.
package struct Projector: Sendable {
  private let boards: BoardStore
  /// How long callers wait for Redis before they are answered without it.
  private let patience: Duration

  package init(_ boards: BoardStore, patience: Duration) {
    self.boards = boards
    self.patience = patience
  }

  /// Shows Redis what a batch changed; answers the point types whose mirrors may not have it.
  package func project(_ accounts: [ChangedAccount]) async -> Set<PointTypeID> {
    let outcomes = await boards.send(changed: accounts, timeout: patience)
    return Set(outcomes.filter { $0.value != .applied }.keys)
  }

  /// Shows Redis the accounts; answers the point types whose mirrors may not have them.
  package func project(_ accounts: [NamedAccount]) async -> Set<PointTypeID> {
    let outcomes = await boards.send(accounts, timeout: patience)
    return Set(outcomes.filter { $0.value != .applied }.keys)
  }
}
