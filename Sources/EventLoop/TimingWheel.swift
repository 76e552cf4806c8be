// Deadlines by the ten thousand: every connection and every command has one,
// and nearly all are cancelled before they pass. A wheel of wheels makes
// setting and cancelling a handful of instructions, whatever the number.
//
// Six levels of 64 slots. A slot of level 0 spans one tick (a millisecond), one of level n spans 64^n ticks.
// A deadline waits in the coarsest slot that still tells it from now; when the time reaches that slot its
// deadlines move to finer ones, and from level 0 they pass. Deadlines beyond the top level (two years) wait
// in its last slot and are placed again when it is reached.

/// Names one deadline; stale names are harmless, for the generation tells a slot's tenants apart.
package struct DeadlineID: Sendable, Hashable {
  let index: Int32
  let generation: Int32
}

/// A hierarchical timing wheel: pure, it knows ticks and no clock.
package struct TimingWheel<Payload> {
  private struct Node {
    var payload: Payload?
    var tick: UInt64 = 0
    var generation: Int32 = 0
    var list = none
    var next = none
    var previous = none
  }

  private static var none: Int32 { -1 }
  private static var levels: Int { 6 }
  private static var slotBits: UInt64 { 6 }
  private static var slotMask: UInt64 { 63 }
  /// The farthest a deadline is placed: 63 slots of the top level. One slot more would be the slot of now, a
  /// whole revolution away, and would hide the nearer ones.
  private static var horizon: UInt64 { slotMask << (slotBits * UInt64(levels - 1)) }

  private var nodes: ContiguousArray<Node> = []
  private var free = none
  private var heads: ContiguousArray<Int32>
  private var occupied: ContiguousArray<UInt64>
  private(set) var now: UInt64
  package private(set) var count = 0

  package init(now: UInt64 = 0) {
    self.now = now
    heads = ContiguousArray(repeating: Self.none, count: Self.levels << Self.slotBits)
    occupied = ContiguousArray(repeating: 0, count: Self.levels)
  }

  /// Sets a deadline; one that lies in the past passes at the next tick.
  package mutating func insert(_ payload: Payload, at tick: UInt64) -> DeadlineID {
    let index = allocate()
    nodes[Int(index)].payload = payload
    nodes[Int(index)].tick = max(tick, now + 1)
    link(index)
    count += 1
    return DeadlineID(index: index, generation: nodes[Int(index)].generation)
  }

  /// Takes a deadline back. False when it has passed or was cancelled before.
  @discardableResult
  package mutating func cancel(_ id: DeadlineID) -> Bool {
    guard nodes.indices.contains(Int(id.index)), nodes[Int(id.index)].generation == id.generation,
      nodes[Int(id.index)].payload != nil
    else { return false }
    unlink(id.index)
    release(id.index)
    return true
  }

  /// The tick at which something is due or must move to a finer wheel: never later than the next deadline.
  package var nextTick: UInt64? {
    for level in 0..<Self.levels where occupied[level] != 0 {
      let shift = Self.slotBits * UInt64(level)
      let current = (now >> shift) & Self.slotMask
      let rotated = occupied[level].rotatedRight(by: current)
      let slot = (current + UInt64(rotated.trailingZeroBitCount)) & Self.slotMask
      let revolution = (now >> shift) & ~Self.slotMask
      let tick = (revolution | slot) << shift
      return tick > now ? tick : tick + (1 << (shift + Self.slotBits))
    }
    return nil
  }

  /// Moves the time and hands over every deadline that has passed, earlier slots first.
  package mutating func advance(to tick: UInt64, into passed: inout [(DeadlineID, Payload)]) {
    while let next = nextTick, next <= tick {
      now = next
      settleSlots(into: &passed)
    }
    now = max(now, tick)
  }

  /// Empties the slots that begin at this very tick, coarse
  /// wheels first, so that what they hold can still pass.
  private mutating func settleSlots(into passed: inout [(DeadlineID, Payload)]) {
    for level in stride(from: Self.levels - 1, through: 0, by: -1) {
      let shift = Self.slotBits * UInt64(level)
      guard now & ((1 << shift) - 1) == 0 else { continue }
      var index = takeList(level: level, slot: Int((now >> shift) & Self.slotMask))
      while index != Self.none {
        let next = nodes[Int(index)].next
        settle(index, into: &passed)
        index = next
      }
    }
  }

  private mutating func settle(_ index: Int32, into passed: inout [(DeadlineID, Payload)]) {
    let node = nodes[Int(index)]
    if node.tick <= now, let payload = node.payload {
      passed.append((DeadlineID(index: index, generation: node.generation), payload))
      release(index)
    } else {
      link(index)
    }
  }

  private mutating func takeList(level: Int, slot: Int) -> Int32 {
    let list = level << Int(Self.slotBits) | slot
    let head = heads[list]
    heads[list] = Self.none
    occupied[level] &= ~(1 << UInt64(slot))
    return head
  }

  // MARK: Lists

  private func place(_ tick: UInt64) -> (level: Int, slot: Int) {
    let bounded = min(tick, now + Self.horizon)
    let distance = (bounded ^ now) | Self.slotMask
    let level = min(Self.levels - 1, (63 - distance.leadingZeroBitCount) / Int(Self.slotBits))
    return (level, Int((bounded >> (Self.slotBits * UInt64(level))) & Self.slotMask))
  }

  private mutating func link(_ index: Int32) {
    let (level, slot) = place(nodes[Int(index)].tick)
    let list = level << Int(Self.slotBits) | slot
    let head = heads[list]
    nodes[Int(index)].list = Int32(list)
    nodes[Int(index)].previous = Self.none
    nodes[Int(index)].next = head
    if head != Self.none { nodes[Int(head)].previous = index }
    heads[list] = index
    occupied[level] |= 1 << UInt64(slot)
  }

  private mutating func unlink(_ index: Int32) {
    let node = nodes[Int(index)]
    if node.next != Self.none { nodes[Int(node.next)].previous = node.previous }
    if node.previous != Self.none {
      nodes[Int(node.previous)].next = node.next
    } else {
      heads[Int(node.list)] = node.next
      if node.next == Self.none {
        occupied[Int(node.list) >> Int(Self.slotBits)] &= ~(1 << (UInt64(node.list) & Self.slotMask))
      }
    }
  }

  private mutating func allocate() -> Int32 {
    guard free != Self.none else {
      nodes.append(Node())
      return Int32(nodes.count - 1)
    }
    let index = free
    free = nodes[Int(index)].next
    return index
  }

  private mutating func release(_ index: Int32) {
    nodes[Int(index)].payload = nil
    nodes[Int(index)].generation &+= 1
    nodes[Int(index)].next = free
    free = index
    count -= 1
  }
}

extension UInt64 {
  fileprivate func rotatedRight(by bits: UInt64) -> UInt64 {
    self >> bits | self << ((64 - bits) & 63)
  }
}
