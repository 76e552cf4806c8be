// The numbers that one field of a cron expression selects.

struct CronSelection: Sendable, Hashable {
  /// A bit for each number; none is above 59.
  private(set) var bits: UInt64 = 0
  /// Whether it was written with a star in front, also one with a step: it then restricts nothing by itself.
  let isOpen: Bool

  init(isOpen: Bool) {
    self.isOpen = isOpen
  }

  mutating func insert(_ number: Int) { bits |= 1 << UInt64(number) }

  func contains(_ number: Int) -> Bool { bits >> UInt64(number) & 1 == 1 }

  /// The least selected number that is not below this one.
  func first(from number: Int) -> Int? {
    guard number < 64 else { return nil }
    let rest = bits >> UInt64(number)
    return rest == 0 ? nil : number + rest.trailingZeroBitCount
  }
}
