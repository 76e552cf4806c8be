// How often a property is tried: a few times in every run of the tests, and as often as one likes by hand.
import Glibc

package enum TestRounds {
  /// A generator for each round. POINTS_TEST_ROUNDS says how many there are instead; each has a seed of its
  /// own, which is to be told when something fails: POINTS_TEST_SEED with it and one round replays that one.
  package static func generators(_ count: Int, _ test: String = #function) -> [SeededGenerator] {
    let first = SeededGenerator.forThisRun(test).seed
    let given = unsafe getenv("POINTS_TEST_ROUNDS").flatMap { unsafe Int(String(cString: $0)) }
    return (0..<(given ?? count)).map { SeededGenerator(seed: first &+ UInt64($0)) }
  }
}
