// Which entries a board counts at all, whatever it makes of them.

/// A filter by category and kind.
package struct EntryFilter: Sendable, Equatable {
  package enum Categories: Sendable, Equatable {
    case all
    /// Entries without a category do not count.
    case only([String])
    /// Entries without a category count.
    case except([String])
  }

  package var categories: Categories
  /// Whether what reward distributions credit counts, too.
  package var countsRewards: Bool

  package init(categories: Categories = .all, countsRewards: Bool = false) {
    self.categories = categories
    self.countsRewards = countsRewards
  }

  package func matches(kind: Kind, category: String?) -> Bool {
    if kind == .distribution, !countsRewards { return false }
    return switch categories {
    case .all: true
    case .only(let names): Self.contains(names, category)
    case .except(let names): !Self.contains(names, category)
    }
  }

  /// By bytes, as the database compares: to Swift two texts may be equal that are not the same.
  private static func contains(_ names: [String], _ category: String?) -> Bool {
    guard let category else { return false }
    // What is not even equal to Swift differs in its bytes; that is told at once.
    return names.contains { $0 == category && $0.utf8.elementsEqual(category.utf8) }
  }
}
