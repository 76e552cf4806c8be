// Scores are exact for every value, and in the opposite order.
import Boards
import TestSupport
import Testing

@Suite struct ScoreEncodingTests {
  static let edges: [Int64] = [
    ScoreEncoding.lowestValue, -1, 0, 1, 1 << 53 - 1, 1 << 53, 1 << 53 + 1, 1 << 62 - 2, 1 << 62 - 1, 1 << 62,
    1 << 62 + 1, .max - 1, .max,
  ]

  @Test(arguments: edges)
  func `a value comes back from its score exactly`(value: Int64) {
    let score = ScoreEncoding.score(of: value)
    #expect(score.isFinite)
    #expect(ScoreEncoding.value(of: score) == value)
  }

  @Test func `the greater value has the lesser score, however near they are`() {
    var random = SeededGenerator.forThisRun()
    var values = Self.edges
    for _ in 0..<10_000 {
      let value = Int64.random(in: ScoreEncoding.lowestValue ... .max - 1, using: &random)
      values += [value, value + 1]
    }
    values.sort(by: >)
    for (better, worse) in zip(values, values.dropFirst()) where better != worse {
      #expect(ScoreEncoding.score(of: better) < ScoreEncoding.score(of: worse))
    }
    #expect(values.allSatisfy { ScoreEncoding.value(of: ScoreEncoding.score(of: $0)) == $0 })
  }

  @Test func `the text of a score reads back as the same double`() {
    var random = SeededGenerator.forThisRun()
    for value in Self.edges + (0..<10_000).map({ _ in Int64.random(in: 0 ... .max, using: &random) }) {
      let text = String(decoding: ScoreEncoding.text(of: value), as: UTF8.self)
      #expect(Double(text)?.bitPattern == ScoreEncoding.score(of: value).bitPattern)
    }
  }
}
