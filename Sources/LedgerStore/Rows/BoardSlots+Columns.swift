// Slots as the two columns of an account: their keys, and three values of each.
import Ledger
import PostgresClient

extension PostgresFields {
  /// Nothing where there is no slot, which costs a row nothing.
  mutating func append(_ slots: BoardSlots) {
    guard !slots.isEmpty else {
      append(nil as [Int64]?)
      append(nil as [Int64]?)
      return
    }
    append(numbers: slots.count) { slots[$0].key.bits }
    append(numbers: slots.count * 3) { index in
      let slot = slots[index / 3]
      return switch index % 3 {
      case 0: slot.score
      case 1: slot.reachedAt.microseconds
      case _: slot.count
      }
    }
  }
}

extension BoardSlots {
  /// The database has seen to it that there are three values of each.
  init(keys: [Int64], values: [Int64]) {
    self.init(
      keys.indices.prefix(values.count / 3).lazy.map { place in
        BoardSlot(
          key: SlotKey(bits: keys[place]), score: values[3 * place],
          reachedAt: Instant(microseconds: values[3 * place + 1]), count: values[3 * place + 2])
      })
  }
}
