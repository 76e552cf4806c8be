// The odd and the random requests again, now over sockets: what the parser decides is what a client sees.
import TestSupport
import Testing

@testable import HTTPServer

extension OverSockets {
  struct OddRequestsTests {
    /// How a request reaches the server.
    enum Cut: CaseIterable {
      case whole, byteByByte, random
    }

    private static let good = Array(get("/sync").utf8)

    @Test(arguments: Cut.allCases)
    func `an odd request gets one clear refusal and the end, and the one behind it nothing`(cut: Cut)
      async throws
    {
      var generator = SeededGenerator.forThisRun()
      let cuts = OddRequest.all.map { Self.cuts(cut, $0.bytes.count + Self.good.count, &generator) }
      try await ServerUnderTest.running { server in
        for (odd, cuts) in zip(OddRequest.all, cuts) {
          let client = try RawClient(server)
          try client.send(odd.bytes + Self.good, cutAt: cuts)
          let answers = try client.answersToEnd()
          #expect(answers.count == 1, "\(odd.what), cut at \(cuts)")
          guard let answer = answers.first else { continue }
          // That there is nothing at the path is known before the body turns out to be too long.
          let code = odd.failure == .bodyTooLong ? .notFound : odd.failure.problemCode
          #expect(answer.status == Int(code.status.code), "\(odd.what), cut at \(cuts)")
          #expect(answer.problemCode == "\(code.name)", "\(odd.what), cut at \(cuts)")
          #expect(answer["connection"] == "close", "\(odd.what)")
          #expect(answer["x-request-id"] != nil)
        }
      }
    }

    private static func cuts(_ cut: Cut, _ count: Int, _ generator: inout SeededGenerator) -> [Int] {
      switch cut {
      case .whole: []
      case .byteByByte: Array(1..<count)
      case .random: generator.cuts(of: count)
      }
    }

    @Test func `random valid requests stay in step, however they are cut`() async throws {
      var generator = SeededGenerator.forThisRun()
      var rounds: [(bytes: [UInt8], cuts: [Int], methods: [String])] = []
      for _ in 0..<100 {
        let requests = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
          GeneratedRequest(using: &generator)
        }
        let bytes = requests.flatMap(\.bytes) + Self.good
        rounds.append((bytes, generator.cuts(of: bytes.count), requests.map(\.expected.method)))
      }
      let seed = generator.seed
      try await ServerUnderTest.running { [rounds] server in
        for (round, (bytes, cuts, methods)) in rounds.enumerated() {
          let client = try RawClient(server)
          try client.send(bytes, cutAt: cuts)
          for method in methods {
            let status = try client.answer(isBodyless: method == "HEAD").status
            #expect([404, 405].contains(status), "seed \(seed), round \(round)")
          }
          #expect(try client.answer().body == RoutesUnderTest.sync, "seed \(seed), round \(round)")
        }
      }
    }
  }
}
