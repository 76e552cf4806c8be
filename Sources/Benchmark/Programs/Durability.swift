// Whether what Postgres commits is truly on the disk. A server that only pretends would make any ledger fast.

struct Durability: Sendable, Equatable {
  let fsync: String
  let synchronousCommit: String

  /// Throws unless a commit survives the loss of power.
  func expectFull() throws(BenchmarkError) {
    guard fsync == "on", synchronousCommit != "off" else { throw .notDurable(description) }
  }
}

extension Durability: CustomStringConvertible {
  var description: String { "fsync \(fsync), synchronous_commit \(synchronousCommit)" }
}
