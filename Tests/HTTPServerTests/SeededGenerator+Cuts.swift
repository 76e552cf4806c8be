// Where to cut a request that arrives in pieces.
import TestSupport

extension SeededGenerator {
  /// Ascending places at which to cut `count` bytes into pieces.
  mutating func cuts(of count: Int) -> [Int] {
    guard count > 1 else { return [] }
    let number = Int.random(in: 1...min(12, count), using: &self)
    return (0..<number).map { _ in Int.random(in: 1..<count, using: &self) }.sorted()
  }
}
