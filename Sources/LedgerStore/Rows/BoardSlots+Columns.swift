// Slots as the two columns of an account: their keys, and three values of each.
import Ledger

extension BoardSlots {
  /// Nothing where there is no slot, which costs a row nothing.
  var keys: [Int64]? { isEmpty ? nil : map(\.key.bits) }

  var values: [Int64]? {
    isEmpty ? nil : flatMap { [$0.score, $0.reachedAt.microseconds, $0.count] }
  }

  /// The database has seen to it that there are three values of each.
  init(keys: [Int64], values: [Int64]) {
    self.init(
      zip(keys.indices, keys).compactMap { place, key in
        let first = place * 3
        guard first + 2 < values.count else { return nil }
        return BoardSlot(
          key: SlotKey(bits: key), score: values[first],
          reachedAt: Instant(microseconds: values[first + 1]), count: values[first + 2])
      })
  }
}
