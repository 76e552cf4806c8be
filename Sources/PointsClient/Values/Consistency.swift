// How fresh a reading must be.

/// Where a balance may be read.
public enum Consistency: String, Sendable, Hashable {
  /// From the ledger, never from its mirror.
  case ledger
}
