// Long bodies of all connections share a budget; who finds it used up is sent away, and it is given back.
import TestSupport
import Testing

@testable import HTTPServer

extension OverSockets {
  struct BodyBudgetTests {
    private static let half = 300_000
    private static let head = """
      POST /large HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n\
      Content-Length: \(2 * half)\r\n\r\n
      """

    private static var limits: ServerLimits {
      var limits = ServerLimits.brief
      limits.request.body = 4_000_000
      return limits
    }

    @Test func `who finds the budget used up gets 503, and what was taken comes back`() async throws {
      let bodies = BodyBudget(700_000)
      try await ServerUnderTest.running(workers: 2, limits: Self.limits, bodies: bodies) { server in
        let part = String(repeating: " ", count: Self.half)
        let (first, second) = (try RawClient(server), try RawClient(server))
        for client in [first, second] { try client.send(Self.head + part) }
        let each = Self.half / BodyBudget.portion * BodyBudget.portion
        #expect(Eventually.holds(within: .seconds(10)) { bodies.taken == 2 * each })
        let third = try RawClient(server)
        try third.send(Self.head + part)
        let refusal = try third.answer()
        #expect(refusal.status == 503)
        #expect(refusal["retry-after"] == "1")
        #expect(refusal.text.contains("overloaded"))
        #expect(refusal["connection"] == "close")
        // One goes without a word, the other is answered.
        second.close()
        #expect(Eventually.holds(within: .seconds(10)) { bodies.taken == each })
        try first.send(String(part.dropLast(2)) + "{}")
        #expect(try first.answer().status == 200)
        #expect(Eventually.holds(within: .seconds(10)) { bodies.taken == 0 })
      }
    }

    @Test func `short bodies need no budget`() async throws {
      try await ServerUnderTest.running(limits: Self.limits, bodies: BodyBudget(0)) { server in
        let client = try RawClient(server)
        let body = "{\(String(repeating: " ", count: 50_000))}"
        for _ in 0..<3 {
          try client.send(post("/large", body, "Content-Type: application/json"))
          #expect(try client.answer().status == 200)
        }
      }
    }
  }
}
