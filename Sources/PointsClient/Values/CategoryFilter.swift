// Which categories a board counts. The service takes two fields of which one at most may be there.

/// A filter by category.
public enum CategoryFilter: Sendable, Equatable {
  /// Everything counts.
  case all
  /// What has one of these categories counts, and what has none does not.
  case only([String])
  /// What has one of these categories does not count, and what has none does.
  case except([String])
}
