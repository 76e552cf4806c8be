// The queue of a worker's lanes, as a value: what waits, and what goes together into the next transaction.

/// Postings in the order they came, bounded by their legs.
struct WaitingPostings<Element> {
  private var waiting: [(element: Element, legs: Int)] = []
  private var head = 0
  private(set) var legs = 0
  let legsMax: Int
  let legsPerBatch: Int

  init(legsMax: Int, legsPerBatch: Int) {
    self.legsMax = legsMax
    self.legsPerBatch = legsPerBatch
  }

  var first: Element? { isEmpty ? nil : waiting[head].element }
  var isEmpty: Bool { head == waiting.count }
  var count: Int { waiting.count - head }

  /// Whether so many more legs may wait. An empty queue takes any posting, however large.
  func hasRoom(for legs: Int) -> Bool {
    isEmpty || self.legs + legs <= legsMax
  }

  mutating func append(_ element: Element, legs: Int) {
    waiting.append((element, legs))
    self.legs += legs
  }

  func forEach(_ body: (Element) -> Void) {
    for one in waiting[head...] { body(one.element) }
  }

  /// The next transaction's share: as many as fit, and at least one.
  mutating func takeBatch() -> [Element] {
    var batch: [Element] = []
    var taken = 0
    while head < waiting.count, batch.isEmpty || taken + waiting[head].legs <= legsPerBatch {
      taken += waiting[head].legs
      batch.append(waiting[head].element)
      head += 1
    }
    legs -= taken
    if head == waiting.count {
      waiting.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 1024, head * 2 > waiting.count {
      waiting.removeFirst(head)
      head = 0
    }
    return batch
  }
}
