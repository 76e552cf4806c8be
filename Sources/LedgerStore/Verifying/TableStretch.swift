// A stretch of a table as it lies on disk. Tables are only ever added to or updated in place, so what is
// there when a walk begins lies below the end that the table has then.
package import Ledger
import PostgresClient

/// The pages from `first`, before `end`.
package struct TableStretch: Sendable, Equatable {
  package let first: Int64
  package let end: Int64

  package init(first: Int64, end: Int64) {
    self.first = first
    self.end = end
  }

  var from: PostgresRowPlace { PostgresRowPlace(page: UInt32(clamping: first), line: 0) }
  var before: PostgresRowPlace { PostgresRowPlace(page: UInt32(clamping: end), line: 0) }
}

/// How many pages the tables of the ledger have.
package struct TableLengths: Sendable {
  package let transactions: Int64
  package let accounts: Int64
  package let requests: Int64
}

/// Which accounts a walk over the tables is about.
package struct WalkedAccounts: Sendable {
  /// None for all.
  package let types: [PointTypeID]
  /// Those whose hash, masked by this, is `part`: all accounts are walked over in `mask + 1` parts.
  package let mask: Int64
  package let part: Int64
  /// Of the hashes, so that nobody can choose ids that meet in one.
  package let seed: Int64

  package init(types: [PointTypeID], mask: Int64 = 0, part: Int64 = 0, seed: Int64) {
    self.types = types
    self.mask = mask
    self.part = part
    self.seed = seed
  }
}
