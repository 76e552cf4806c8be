// One key, one answer, for ever.
import Ledger
import LedgerStore
import Testing

@testable import API

struct IdempotencyTests {
  private static let body = """
    {"userId":"ada","amount":10,"kind":"raid","category":"raid","reason":"r","description":"d","actor":"a",
     "validatorId":"v","relatedTo":"x","tournamentId":"t","registrationId":"g",
     "occurredAt":"\(occurredAt)","metadata":{"a":1,"b":[true]}}
    """
  private static let occurredAt =
    Instant(microseconds: Instant.now.microseconds / 1_000_000 * 1_000_000 - 876_544).rfc3339

  private static var rules: PostingRules {
    var rules = PostingRules()
    rules.categories = ["raid", "bonus"]
    return rules
  }

  @Test func `a repeated request gets the first answer and posts nothing`() async throws {
    try await LedgerUnderTest.running(rules: Self.rules) { ledger in
      let first = try await ledger.post("/points/award", Self.body, key: "k1")
      #expect(first.status == 201 && !first.isReplay)
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#)
      let again = try await ledger.post("/points/award", Self.body, key: "k1")
      #expect(again.status == 201 && again.isReplay)
      #expect(again.body == first.body)
    }
  }

  @Test func `a refused request stays refused when it could be granted`() async throws {
    try await LedgerUnderTest.running { ledger in
      let body = #"{"userId":"ada","amount":5}"#
      let first = try await ledger.post("/points/deduct", body, key: "k")
      #expect(first.problem == "409 insufficient_balance" && !first.isReplay)
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":100}"#)
      let again = try await ledger.post("/points/deduct", body, key: "k")
      #expect(again.isReplay)
      #expect(again.body == first.body && again.status == first.status)
      #expect(try await ledger.post("/points/deduct", body, key: "k2").status == 201)
    }
  }

  @Test func `spelling does not make another request`() async throws {
    try await LedgerUnderTest.running { ledger in
      _ = try await ledger.post("/points/award", #"{"userId":"x","amount":1}"#)
      let id = try #require(ledger.lanes.catalog.type("points")).id.description
      let spellings = [
        #"{"userId":"ada","amount":10,"metadata":{"a":1,"b":2}}"#,
        #" { "metadata" : { "b" : 2 , "a" : 1 } , "amount" : 10 , "userId" : "\u0061da" } "#,
        #"{"userId":"ada","amount":10,"metadata":{"a":1,"b":2},"pointType":"points","kind":"award"}"#,
        #"{"userId":"ada","amount":10,"metadata":{"a":1,"b":2},"pointType":"\#(id)","reason":null}"#,
      ]
      for (index, body) in spellings.enumerated() {
        let reply = try await ledger.post("/points/award", body, key: "k")
        #expect(reply.status == 201 && reply.isReplay == (index > 0), "\(body)")
      }
    }
  }

  @Test func `another request under the key is told the field that differs`() async throws {
    let changes: [(field: String, from: String, to: String)] = [
      ("userId", #""userId":"ada""#, #""userId":"bob""#),
      ("amount", #""amount":10"#, #""amount":11"#),
      ("pointType", #""userId""#, #""pointType":"gems","userId""#),
      ("kind", #""kind":"raid""#, #""kind":"bonus""#),
      ("category", #""category":"raid""#, #""category":"bonus""#),
      ("category", #""category":"raid","#, ""),
      ("reason", #""reason":"r""#, #""reason":"R""#),
      ("reason", #""reason":"r""#, #""reason":"""#),
      ("description", #""description":"d""#, #""description":"dd""#),
      ("actor", #""actor":"a""#, #""actor":null"#),
      ("validatorId", #""validatorId":"v""#, #""validatorId":"w""#),
      ("relatedTo", #""relatedTo":"x""#, #""relatedTo":"y""#),
      ("tournamentId", #""tournamentId":"t""#, #""tournamentId":"u""#),
      ("registrationId", #""registrationId":"g""#, #""registrationId":"h""#),
      ("occurredAt", Self.occurredAt, "\(Self.occurredAt.dropLast(2))7Z"),
      ("metadata", #""a":1"#, #""a":2"#),
      ("metadata", #""b":[true]"#, #""b":true"#),
    ]
    try await LedgerUnderTest.running(rules: Self.rules) { ledger in
      try await ledger.addType("gems")
      let first = try await ledger.post("/points/award", Self.body, key: "k")
      #expect(first.status == 201)
      for change in changes {
        let body = Self.body.replacing(change.from, with: change.to)
        #expect(body != Self.body)
        let reply = try await ledger.post("/points/award", body, key: "k")
        #expect(reply.problem == "422 duplicate_transaction", "\(change)")
        #expect(reply.text("field") == change.field, "\(change)")
      }
      let deduction = try await ledger.post("/points/deduct", Self.body, key: "k")
      #expect(deduction.text("field") == "operation")
      let again = try await ledger.post("/points/award", Self.body, key: "k")
      #expect(again.isReplay && again.body == first.body)
    }
  }

  @Test func `a key belongs to its service`() async throws {
    try await LedgerUnderTest.running { ledger in
      let body = #"{"userId":"ada","amount":10}"#
      #expect(try await ledger.post("/points/award", body, key: "k").number("balance", "balance") == 10)
      let other = try await ledger.post("/points/award", body, key: "k", as: .other)
      #expect(other.number("balance", "balance") == 20 && !other.isReplay)
      #expect(other.text("transaction", "createdBy") == LedgerUnderTest.otherService.description)
    }
  }

  @Test func `without a key a repetition posts again`() async throws {
    try await LedgerUnderTest.running { ledger in
      let body = #"{"userId":"ada","amount":10}"#
      let first = try await ledger.post("/points/award", body)
      let second = try await ledger.post("/points/award", body)
      #expect(first.number("balance", "balance") == 10 && second.number("balance", "balance") == 20)
    }
  }

  @Test func `a first answer stays though rules and time have gone on`() async throws {
    try await LedgerUnderTest.running(rules: Self.rules) { ledger in
      let first = try await ledger.post("/points/award", Self.body, key: "k")
      var rules = PostingRules()
      rules.minAward = 1000
      rules.occurredPast = .zero
      ledger.setRules(rules)
      let again = try await ledger.post("/points/award", Self.body, key: "k")
      #expect(again.isReplay && again.body == first.body)
      let other = try await ledger.post(
        "/points/award", Self.body.replacing(#""amount":10"#, with: #""amount":11"#), key: "k")
      #expect(other.problem == "422 duplicate_transaction" && other.text("field") == "amount")
      let fresh = try await ledger.post("/points/award", Self.body, key: "k2")
      #expect(fresh.problem == "400 validation_failed" && fresh.text("field") == "occurredAt")
    }
  }

  @Test func `what was not decided is not remembered`() async throws {
    try await LedgerUnderTest.running { ledger in
      let wrong = try await ledger.post("/points/award", #"{"userId":"ada","amount":0}"#, key: "k")
      #expect(wrong.status == 400)
      let unknown = try await ledger.post(
        "/points/award", #"{"userId":"ada","amount":1,"pointType":"gems"}"#, key: "k")
      #expect(unknown.status == 404)
      let category = try await ledger.post(
        "/points/award", #"{"userId":"ada","amount":1,"category":"raid"}"#, key: "k")
      #expect(category.status == 422)
      let right = try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#, key: "k")
      #expect(right.status == 201 && !right.isReplay)
    }
  }

  @Test func `many at once under one key are one posting`() async throws {
    try await LedgerUnderTest.running { ledger in
      let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
        for _ in 0..<40 {
          group.addTask(executorPreference: ledger.loop) {
            try await ledger.post("/points/award", #"{"userId":"ada","amount":10}"#, key: "k")
          }
        }
        var replies: [Reply] = []
        for try await reply in group { replies.append(reply) }
        return replies
      }
      #expect(replies.allSatisfy { $0.status == 201 && $0.number("balance", "balance") == 10 })
      #expect(replies.count { !$0.isReplay } == 1, "\(Set(replies.map(\.problem)))")
      #expect(Set(replies.compactMap { $0.text("transaction", "id") }).count == 1)
    }
  }
}
