// Many postings in one request, each with a result of its own.
import Testing

@testable import API
@testable import LedgerStore

struct BatchTests {
  private static func leg(_ type: String, _ user: String, _ amount: Int) -> String {
    #"{"type":"\#(type)","userId":"\#(user)","amount":\#(amount)}"#
  }

  private static func posting(_ key: String, _ legs: String...) -> String {
    #"{"idempotencyKey":"\#(key)","legs":[\#(legs.joined(separator: ","))]}"#
  }

  private static func batch(_ postings: String...) -> String { batch(postings) }

  private static func batch(_ postings: [String]) -> String {
    #"{"postings":[\#(postings.joined(separator: ","))]}"#
  }

  @Test func `results stand in the order of their postings`() async throws {
    try await LedgerUnderTest.running { ledger in
      let body = Self.batch(
        Self.posting("a", Self.leg("credit", "ada", 10)),
        Self.posting("b", Self.leg("debit", "bob", 3)),
        #"{"legs":[\#(Self.leg("credit", "ada", 1))]}"#,
        Self.posting("d", Self.leg("credit", "ada", 0)),
        Self.posting("e", #"{"type":"credit","userId":"ada","amount":1,"pointType":"gold"}"#),
        Self.posting("f", #"{"type":"credit","userId":"ada","amount":1,"category":"raid"}"#),
        Self.posting("g", Self.leg("credit", "eve", 5), Self.leg("debit", "eve", 2)))
      let reply = try await ledger.post("/points/postings/batch", body)
      #expect(reply.status == 200)
      #expect(reply.count("results") == 7)
      #expect(
        (0..<7).map { reply.number("results", "\($0)", "status") } == [201, 409, 400, 400, 404, 422, 201])
      #expect(reply["results", "0"]?.names == ["status", "replayed", "posting", "balances", "projected"])
      #expect(reply["results", "1"]?.names == ["status", "replayed", "problem"])
      #expect(
        reply["results", "1", "problem"]?.names
          == ["type", "title", "status", "code", "detail", "missing", "available"])
      #expect(reply.text("results", "2", "problem", "field") == "postings[2].idempotencyKey")
      #expect(reply.text("results", "3", "problem", "field") == "postings[3].legs[0].amount")
      #expect(reply.text("results", "3", "problem", "code") == "invalid_amount")
      #expect(reply.text("results", "4", "problem", "code") == "not_found")
      #expect(reply.text("results", "5", "problem", "code") == "unknown_category")
      #expect(reply.number("results", "6", "balances", "0", "balance") == 3)

      let again = try await ledger.post("/points/postings/batch", body)
      #expect(
        (0..<7).map { again.flag("results", "\($0)", "replayed") }
          == [true, true, false, false, false, false, true])
      #expect(again["results", "0", "posting"] == reply["results", "0", "posting"])
      #expect(again["results", "1", "problem"] == reply["results", "1", "problem"])
    }
  }

  @Test func `a key that stands twice is one request and its repetition`() async throws {
    try await LedgerUnderTest.running { ledger in
      let same = Self.posting("k", Self.leg("credit", "ada", 10))
      let reply = try await ledger.post(
        "/points/postings/batch",
        Self.batch(same, same, Self.posting("k", Self.leg("credit", "ada", 11)), same))
      #expect((0..<4).map { reply.number("results", "\($0)", "status") } == [201, 201, 422, 201])
      #expect((0..<4).map { reply.flag("results", "\($0)", "replayed") } == [false, true, false, true])
      #expect(reply.text("results", "2", "problem", "code") == "duplicate_transaction")
      #expect(reply.text("results", "2", "problem", "field") == "amount")
      #expect(reply.number("results", "3", "balances", "0", "balance") == 10)
    }
  }

  @Test func `a posting of a batch may be repeated by itself`() async throws {
    try await LedgerUnderTest.running { ledger in
      let leg = Self.leg("credit", "ada", 10)
      _ = try await ledger.post("/points/postings/batch", Self.batch(Self.posting("k", leg)))
      let alone = try await ledger.post("/points/postings", #"{"legs":[\#(leg)]}"#, key: "k")
      #expect(alone.isReplay && alone.number("balances", "0", "balance") == 10)
    }
  }

  @Test func `a batch has bounds of its own`() async throws {
    try await LedgerUnderTest.running { ledger in
      func postings(_ count: Int, legs: Int) -> String {
        Self.batch(
          (0..<count).map { index in
            let legs = (0..<legs).map { Self.leg("credit", "u\(index)_\($0)", 1) }
            return #"{"idempotencyKey":"k\#(count)-\#(index)","legs":[\#(legs.joined(separator: ","))]}"#
          })
      }
      let most = try await ledger.post("/points/postings/batch", postings(500, legs: 4))
      #expect(most.status == 200 && most.count("results") == 500)
      #expect((0..<500).allSatisfy { most.number("results", "\($0)", "status") == 201 })
      for tooMuch in [postings(501, legs: 1), postings(3, legs: 700), Self.batch()] {
        let reply = try await ledger.post("/points/postings/batch", tooMuch)
        #expect(reply.problem == "400 validation_failed" && reply.text("field") == "postings")
      }
      let untouched = try await ledger.post("/points/award", #"{"userId":"u0_600","amount":1}"#)
      #expect(untouched.number("balance", "balance") == 1)
    }
  }

  @Test func `many unknown point types take no longer than one`() async throws {
    try await LedgerUnderTest.running { ledger in
      try await ledger.addType("gems")
      func posting(_ index: Int, _ type: String) -> String {
        #"""
        {"idempotencyKey":"k\#(index)",
         "legs":[{"type":"credit","userId":"ada","amount":1,"pointType":"\#(type)"}]}
        """#
      }
      let postings = (0..<499).map { posting($0, "none\($0)") } + [posting(499, "gems")]
      let reply = try await ledger.post("/points/postings/batch", Self.batch(postings))
      #expect((0..<499).allSatisfy { reply.number("results", "\($0)", "status") == 404 })
      #expect(reply.number("results", "499", "status") == 201)
      // One look each would be a tenth of a second each.
      #expect(ledger.lanes.catalog.looks.begun == 1)
    }
  }

  @Test func `a batch takes no key and no fields that it does not know`() async throws {
    try await LedgerUnderTest.running { ledger in
      let body = Self.batch(Self.posting("k", Self.leg("credit", "ada", 10)))
      let keyed = try await ledger.post("/points/postings/batch", body, key: "x")
      #expect(keyed.status == 400 && keyed.text("field") == "Idempotency-Key")
      let more = try await ledger.post("/points/postings/batch", #"{"x":1,\#(body.dropFirst())"#)
      #expect(more.status == 400 && more.text("field") == "x")
      let inside = try await ledger.post(
        "/points/postings/batch",
        #"{"postings":[{"idempotencyKey":"k","x":1,"legs":[\#(Self.leg("credit", "ada", 1))]}]}"#)
      #expect(inside.text("results", "0", "problem", "field") == "postings[0].x")
    }
  }
}
