// Instants of the ledger: microseconds of Universal Time, as Postgres keeps them.

/// A point in time, in microseconds since 1970.
package struct Instant: Sendable, Hashable, Comparable {
  package var microseconds: Int64

  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  package static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }
}
