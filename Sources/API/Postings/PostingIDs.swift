// Where the ids of postings come from. Their random part keeps the postings of one millisecond apart, over
// all workers and processes; nobody is kept from guessing it, so there is no need to ask the system each
// time, which costs more than the rest of an id.
import Ledger

/// One worker's ids.
struct PostingIDs {
  private var random = Xoshiro()

  mutating func next(at instant: Instant) -> PostingID {
    PostingID(at: instant, random: &random)
  }
}

/// xoshiro256**: 256 bits of state, so that two workers do not meet on its cycle.
private struct Xoshiro: RandomNumberGenerator {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Begins where the system says.
  init() {
    var system = SystemRandomNumberGenerator()
    // All zeros would stay zeros.
    state = (system.next() | 1, system.next(), system.next(), system.next())
  }

  mutating func next() -> UInt64 {
    let result = Self.rotated(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotated(state.3, by: 45)
    return result
  }

  private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
    word << count | word >> (64 - count)
  }
}
