// What balances look like in games: very many have the same small ones, many have round ones, and the rest
// spread over orders of magnitude with a long tail. The tail is log-normal, drawn by the octave: a bell curve
// says which power of two, and chance where between it and the next.

enum Scores {
  private static let common: [Int64] = [10, 10, 25, 50, 50, 50, 100, 100]
  private static let steps: [Int64] = [50, 100, 250, 500]
  private static let firstOctave: Int64 = 3

  /// A bell curve around 512, as wide as 2.8 octaves, to 2^25.
  private static let octaveWeights: [Int64] = [
    100_669, 203_033, 360_448, 563_279, 774_837, 938_216, 1_000_000, 938_216, 774_837, 563_279, 360_448,
    203_033, 100_669, 43_937, 16_880, 5_708, 1_699, 445, 103, 21, 4, 1,
  ]
  private static let weightSum = octaveWeights.reduce(0, +)

  static func next(_ random: inout WorldRandom) -> Int64 {
    switch random.below(100) {
    case 0..<30: random.pick(common)
    case 30..<50: random.pick(steps) * (1 + random.below(40))
    case _: spread(&random)
    }
  }

  private static func spread(_ random: inout WorldRandom) -> Int64 {
    var place = random.below(weightSum)
    var octave = firstOctave
    for weight in octaveWeights {
      if place < weight { break }
      place -= weight
      octave += 1
    }
    let base = Int64(1) << octave
    return base + random.below(base)
  }
}
