// What an account has on the boards of its type beyond the two that every type has: one slot for each period
// of each board in which an entry of it counted. Slots are written with the account, under its lock, so they
// are exact whenever the account is.

/// An account's place in one period of one board.
package struct BoardSlot: Sendable, Equatable {
  package let key: SlotKey
  package var score: Int64
  /// When it got this score.
  package var reachedAt: Instant
  /// How many entries counted here, less those that were taken back wholly.
  package var count: Int64

  package init(key: SlotKey, score: Int64, reachedAt: Instant, count: Int64) {
    self.key = key
    self.score = score
    self.reachedAt = reachedAt
    self.count = count
  }
}

/// All slots of an account, in the order of their keys.
package struct BoardSlots: Sendable, Equatable, RandomAccessCollection {
  private var slots: [BoardSlot] = []

  package init() {}

  /// From slots in any order, each key once.
  package init(_ slots: some Sequence<BoardSlot>) {
    self.slots = Array(slots)
    // As they were written they come back, nearly always.
    let isInOrder = zip(self.slots, self.slots.dropFirst()).allSatisfy { $0.key < $1.key }
    if !isInOrder { self.slots.sort { $0.key < $1.key } }
  }

  package var startIndex: Int { slots.startIndex }
  package var endIndex: Int { slots.endIndex }
  package subscript(position: Int) -> BoardSlot { slots[position] }

  /// Nil removes the slot.
  package subscript(key: SlotKey) -> BoardSlot? {
    get {
      let place = place(of: key)
      return place < slots.count && slots[place].key == key ? slots[place] : nil
    }
    set {
      let place = place(of: key)
      let isThere = place < slots.count && slots[place].key == key
      switch (newValue, isThere) {
      case (let slot?, true): slots[place] = slot
      case (let slot?, false): slots.insert(slot, at: place)
      case (nil, true): slots.remove(at: place)
      case (nil, false): break
      }
    }
  }

  /// Leaves out the slots of periods that are over and done with.
  package mutating func keep(where isKept: (SlotKey) -> Bool) {
    // Nearly always all are kept, and then nothing is copied.
    guard let first = slots.firstIndex(where: { !isKept($0.key) }) else { return }
    slots = slots[..<first] + slots[first...].filter { isKept($0.key) }
  }

  /// Where the key is, or would be.
  private func place(of key: SlotKey) -> Int {
    var (low, high) = (0, slots.count)
    while low < high {
      let middle = (low + high) / 2
      if slots[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
