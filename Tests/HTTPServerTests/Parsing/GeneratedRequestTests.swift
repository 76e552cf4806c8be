// Random requests: valid ones are read as meant, broken ones have one outcome, wherever they are cut.
import TestSupport
import Testing

@testable import HTTPServer

struct GeneratedRequestTests {
  @Test func `valid requests are read as they were meant, however they are cut`() {
    var generator = SeededGenerator.forThisRun()
    for round in 0..<1000 {
      let requests = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        GeneratedRequest(using: &generator)
      }
      let bytes = requests.flatMap(\.bytes)
      let cuts = round % 10 == 0 ? Array(1..<bytes.count) : generator.cuts(of: bytes.count)
      var delivery = Delivery()
      let outcomes = delivery.outcomes(of: bytes, cutAt: round % 10 == 1 ? [] : cuts)
      guard outcomes == requests.map({ .request($0.expected) }) else {
        Issue.record(
          "seed \(generator.seed), round \(round): \(outcomes) instead of \(requests.map(\.expected))")
        return
      }
    }
  }

  @Test func `a broken request has one outcome, however it is cut`() {
    var generator = SeededGenerator.forThisRun()
    for round in 0..<2000 {
      var bytes = GeneratedRequest(using: &generator).bytes + GeneratedRequest(using: &generator).bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let odd: [UInt8] = [0, 0x0A, 0x0D, 0x20, 0x09, 0x3A, 0x3B, 0x30, 0x7F, 0xFF]
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] = odd.randomElement(using: &generator) ?? 0
      }
      var delivery = Delivery()
      let whole = delivery.outcomes(of: bytes, cutAt: [])
      let cuts = round % 4 == 0 ? Array(1..<bytes.count) : generator.cuts(of: bytes.count)
      guard delivery.outcomes(of: bytes, cutAt: cuts) == whole else {
        Issue.record("seed \(generator.seed), round \(round): cut at \(cuts)")
        return
      }
    }
  }
}
