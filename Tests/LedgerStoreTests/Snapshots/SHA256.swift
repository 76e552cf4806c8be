// SHA-256 by its definition (FIPS 180-4): a second opinion on what the database computes.

enum SHA256 {
  static func digest(of message: [UInt8]) -> [UInt8] {
    var state: [UInt32] = fractions(of: primes.prefix(8).map { Double($0).squareRoot() })
    var padded = message + [0x80]
    while padded.count % 64 != 56 { padded.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      padded.append(UInt8(truncatingIfNeeded: UInt64(message.count * 8) >> UInt64(shift)))
    }
    for block in stride(from: 0, to: padded.count, by: 64) { add(padded[block..<(block + 64)], to: &state) }
    return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) } }
  }

  private static let primes: [Int] = Array(
    (2...).lazy.filter { number in !(2..<number).contains { number % $0 == 0 } }.prefix(64))

  private static let constants = fractions(of: primes.map { cubeRoot(of: Double($0)) })

  /// The first 32 bits behind the point.
  private static func fractions(of numbers: [Double]) -> [UInt32] {
    numbers.map { UInt32(($0 - $0.rounded(.down)) * 4_294_967_296) }
  }

  private static func cubeRoot(of number: Double) -> Double {
    var root = number
    for _ in 0..<100 { root -= (root * root * root - number) / (3 * root * root) }
    return root
  }

  private static func add(_ block: ArraySlice<UInt8>, to state: inout [UInt32]) {
    var words: [UInt32] = (0..<16).map { index in
      (0..<4).reduce(0) { $0 << 8 | UInt32(block[block.startIndex + index * 4 + $1]) }
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      let first = turned(early, 7) ^ turned(early, 18) ^ early >> 3
      let second = turned(late, 17) ^ turned(late, 19) ^ late >> 10
      words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
    }
    var now = state
    for index in 0..<64 {
      let chosen = (now[4] & now[5]) ^ (~now[4] & now[6])
      let major = (now[0] & now[1]) ^ (now[0] & now[2]) ^ (now[1] & now[2])
      let high = turned(now[4], 6) ^ turned(now[4], 11) ^ turned(now[4], 25)
      let low = turned(now[0], 2) ^ turned(now[0], 13) ^ turned(now[0], 22)
      let first = now[7] &+ high &+ chosen &+ constants[index] &+ words[index]
      now = [first &+ low &+ major] + now[0..<7]
      now[4] = now[4] &+ first
    }
    for index in 0..<8 { state[index] = state[index] &+ now[index] }
  }

  private static func turned(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }
}
