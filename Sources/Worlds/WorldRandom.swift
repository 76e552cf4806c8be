// Chance that can be had again on every machine and with every release of Swift: whole numbers only, by an
// algorithm of our own choice (SplitMix64).

struct WorldRandom {
  private var state: UInt64

  /// Each player of each world has a sequence of his own, so that one can be made without the others.
  init(seed: UInt64, player: Int) {
    state = Self.mixed(Self.mixed(seed) &+ UInt64(player) &* 0x9E37_79B9_7F4A_7C15)
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  private static func mixed(_ word: UInt64) -> UInt64 {
    var mixed = word
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// From 0 up to, but not including, the bound.
  mutating func below(_ bound: Int64) -> Int64 {
    precondition(bound > 0, "Nothing lies below the bound.")
    return Int64(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  mutating func happens(_ count: Int64, in total: Int64) -> Bool { below(total) < count }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(below(Int64(elements.count)))]
  }
}
