import Foundation

/// A repeatable source of randomness. A failing property names its seed; POINTS_TEST_SEED replays it.
struct SeededGenerator: RandomNumberGenerator {
  let seed: UInt64
  private var state: UInt64

  init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  /// With the seed of the environment, or a new one, which is printed.
  static func forThisRun(_ test: String = #function) -> SeededGenerator {
    let given = ProcessInfo.processInfo.environment["POINTS_TEST_SEED"].flatMap(UInt64.init)
    let seed = given ?? UInt64.random(in: 0...UInt64.max)
    print("\(test): POINTS_TEST_SEED=\(seed)")
    return SeededGenerator(seed: seed)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// Ascending places at which to cut `count` bytes into pieces.
  mutating func cuts(of count: Int) -> [Int] {
    guard count > 1 else { return [] }
    let number = Int.random(in: 1...min(12, count), using: &self)
    return (0..<number).map { _ in Int.random(in: 1..<count, using: &self) }.sorted()
  }
}
