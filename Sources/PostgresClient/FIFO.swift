// Commands leave and answers arrive in one order: queues are at the heart of a pipeline. An array would move
// all its elements each time the first one leaves.

/// A growing ring: first in, first out, without an allocation once it is large enough.
struct FIFO<Element> {
  private var ring: ContiguousArray<Element?> = []
  private var head = 0
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  var first: Element? {
    count == 0 ? nil : ring[head]
  }

  mutating func append(_ element: Element) {
    if count == ring.count { grow() }
    ring[(head + count) & (ring.count - 1)] = element
    count += 1
  }

  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = ring[head].take()
    head = (head + 1) & (ring.count - 1)
    count -= 1
    return element
  }

  func forEach(_ body: (Element) -> Void) {
    for offset in 0..<count {
      if let element = ring[(head + offset) & (ring.count - 1)] { body(element) }
    }
  }

  /// The capacity is a power of two, so that a mask does for a remainder.
  private mutating func grow() {
    var larger = ContiguousArray<Element?>(repeating: nil, count: max(8, ring.count * 2))
    for offset in 0..<count { larger[offset] = ring[(head + offset) & (ring.count - 1)].take() }
    ring = larger
    head = 0
  }
}
