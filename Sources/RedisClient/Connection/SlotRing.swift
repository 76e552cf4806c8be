// A queue in one piece of memory: nothing is allocated for
// a command, and nothing is moved when one is answered.

/// A ring of slots that grows to the most it ever held; what it may hold is bounded by its owner.
struct SlotRing {
  private var storage: ContiguousArray<ReplySlot>
  private var head = 0
  private(set) var count = 0

  init() {
    storage = ContiguousArray(repeating: Self.vacant, count: 64)
  }

  /// A slot without references, for the places that hold none.
  private static var vacant: ReplySlot { ReplySlot(receiver: .nobody, limit: 0) }

  var isEmpty: Bool { count == 0 }

  mutating func append(_ slot: ReplySlot) {
    if count == storage.count { grow() }
    storage[place(of: count)] = slot
    count += 1
  }

  mutating func popFirst() -> ReplySlot? {
    guard count > 0 else { return nil }
    let slot = storage[head]
    storage[head] = Self.vacant
    head = (head + 1) & (storage.count - 1)
    count -= 1
    return slot
  }

  /// The slots in order, the oldest being 0.
  subscript(index: Int) -> ReplySlot {
    get { storage[place(of: index)] }
    set { storage[place(of: index)] = newValue }
  }

  private func place(of index: Int) -> Int {
    (head + index) & (storage.count - 1)
  }

  private mutating func grow() {
    var larger = ContiguousArray<ReplySlot>()
    larger.reserveCapacity(storage.count * 2)
    for index in 0..<count { larger.append(self[index]) }
    larger.append(contentsOf: repeatElement(Self.vacant, count: storage.count * 2 - count))
    storage = larger
    head = 0
  }
}
