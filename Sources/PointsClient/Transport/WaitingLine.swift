// First come, first served, with a bound. Those who give up are only marked and passed over later, because
// taking one out of the middle of a line costs a walk along it, and a slow service makes thousands give up.

struct WaitingLine<Waiter> {
  private var places: [Waiter?] = []
  private var head = 0
  /// Those who still wait.
  private(set) var count = 0
  private let limit: Int
  private let isWaiting: (Waiter) -> Bool

  init(limit: Int, isWaiting: @escaping (Waiter) -> Bool) {
    self.limit = limit
    self.isWaiting = isWaiting
  }

  /// False when the line is full.
  mutating func append(_ waiter: Waiter) -> Bool {
    guard count < limit else { return false }
    places.append(waiter)
    count += 1
    return true
  }

  /// One of the line has given up; it must no longer be waiting when this is said.
  mutating func oneLeft() {
    count -= 1
    let isMostlyGone = places.count - head > 2 * count + 64
    if isMostlyGone { places = places[head...].filter { $0.map(isWaiting) ?? false }; head = 0 }
  }

  mutating func popFirst() -> Waiter? {
    while head < places.count {
      let waiter = places[head]
      places[head] = nil
      head += 1
      if let waiter, isWaiting(waiter) {
        count -= 1
        forgetServed()
        return waiter
      }
    }
    forgetServed()
    return nil
  }

  private mutating func forgetServed() {
    if head == places.count {
      places.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 64, head > places.count / 2 {
      places.removeFirst(head)
      head = 0
    }
  }
}
