// What one transaction did, as boards see it. A reversal is seen together with what it takes back: it counts
// where its original counted.

package struct BoardEntry: Sendable {
  /// What decides where an entry counts: of a reversal, that of its original.
  package struct Source: Sendable, Equatable {
    package let direction: Direction
    package let kind: Kind
    package let category: String?
    /// What it added to the running total when it was made.
    package let earned: Int64
    package let occurredAt: Instant
    package let createdAt: Instant

    package init(
      direction: Direction, kind: Kind, category: String?, earned: Int64, occurredAt: Instant,
      createdAt: Instant
    ) {
      self.direction = direction
      self.kind = kind
      self.category = category
      self.earned = earned
      self.occurredAt = occurredAt
      self.createdAt = createdAt
    }
  }

  package let direction: Direction
  package let amount: Int64
  /// Changes of the running totals, either way.
  package let earned: Int64
  package let spent: Int64
  package let createdAt: Instant
  package let original: Source
  package let isReversal: Bool
  /// Of a reversal: whether nothing is left of its original now.
  package let isWholly: Bool

  /// Of a transaction that takes nothing back.
  package init(_ source: Source, amount: Int64, spent: Int64) {
    direction = source.direction
    self.amount = amount
    earned = source.earned
    self.spent = spent
    createdAt = source.createdAt
    original = source
    isReversal = false
    isWholly = false
  }

  package init(
    reversing original: Source, amount: Int64, earned: Int64, spent: Int64, wholly: Bool, createdAt: Instant
  ) {
    direction = original.direction.opposite
    self.amount = amount
    self.earned = earned
    self.spent = spent
    self.createdAt = createdAt
    self.original = original
    isReversal = true
    isWholly = wholly
  }

  var countChange: Int64 { isReversal ? (isWholly ? -1 : 0) : 1 }
}
