// One award or deduction: what is answered, and what it is unless the caller says otherwise.
import JSON
import Ledger
import LedgerStore
import Testing

@testable import API

struct AwardTests {
  @Test func `an award is answered with its transaction and the balance`() async throws {
    try await LedgerUnderTest.running { ledger in
      let reply = try await ledger.post("/points/award", #"{"userId":"ada","amount":10}"#)
      #expect(reply.status == 201)
      #expect(reply.body.names == ["transaction", "balance", "projected"])
      #expect(
        reply["transaction"]?.names == [
          "id", "postingId", "userId", "pointType", "type", "amount", "before", "after", "version", "kind",
          "category", "reason", "description", "actor", "validatorId", "relatedTo", "tournamentId",
          "registrationId", "reverses", "metadata", "occurredAt", "createdAt", "createdBy", "totalEarned",
          "totalSpent",
        ])
      #expect(reply.text("transaction", "userId") == "ada")
      #expect(reply.text("transaction", "pointType") == "points")
      #expect(reply.text("transaction", "type") == "credit")
      #expect(reply.text("transaction", "kind") == "award")
      #expect(reply.number("transaction", "amount") == 10)
      #expect(reply.number("transaction", "before") == 0)
      #expect(reply.number("transaction", "after") == 10)
      #expect(reply.number("transaction", "version") == 1)
      #expect(reply.text("transaction", "createdBy") == LedgerUnderTest.service.description)
      for absent in [
        "category", "reason", "description", "actor", "validatorId", "relatedTo", "tournamentId",
        "registrationId", "reverses", "metadata",
      ] { #expect(reply.isNull("transaction", absent), "\(absent)") }
      let id = try #require(reply.text("transaction", "id").flatMap { TransactionID(text: $0) })
      #expect(reply.text("transaction", "postingId") == id.posting.description)
      let createdAt = try #require(reply.text("transaction", "createdAt"))
      #expect(createdAt.utf8.count == 27 && createdAt.hasSuffix("Z"))
      #expect(reply.text("transaction", "occurredAt") == createdAt)
      let balance = """
        {"userId":"ada","pointType":"points","balance":10,"totalEarned":10,"totalSpent":0,
         "transactionCount":1,"version":1}
        """
      #expect(try reply["balance"] == JSONValue(parsing: Array(balance.utf8)))
      #expect(reply.flag("projected") == true)
      #expect(!reply.isReplay)
    }
  }

  @Test func `everything that was told comes back`() async throws {
    var rules = PostingRules()
    rules.categories = ["raid"]
    try await LedgerUnderTest.running(rules: rules) { ledger in
      let occurredAt = Instant(microseconds: Instant.now.microseconds - 3_600_000_000).rfc3339
      let reply = try await ledger.post(
        "/points/award",
        """
        {"userId":"ada","amount":1,"kind":"raid_bonus","category":"raid","reason":"a \\"reason\\"",
         "description":"line\\nline\\ttab","actor":"gm","validatorId":"v1","tournamentId":"t1",
         "registrationId":"r1","relatedTo":"x","occurredAt":"\(occurredAt)",
         "metadata":{"b": [1, 1.50], "a": {"ü": null}}}
        """)
      #expect(reply.status == 201, "\(reply)")
      let expected = [
        "kind": "raid_bonus", "category": "raid", "reason": "a \"reason\"",
        "description": "line\nline\ttab", "actor": "gm", "validatorId": "v1", "tournamentId": "t1",
        "registrationId": "r1", "relatedTo": "x", "occurredAt": occurredAt,
      ]
      for (name, value) in expected { #expect(reply.text("transaction", name) == value, "\(name)") }
      let metadata = try #require(reply["transaction", "metadata"])
      #expect(String(decoding: metadata.compactBytes, as: UTF8.self) == #"{"b":[1,1.50],"a":{"ü":null}}"#)
    }
  }

  @Test func `a deduction is a purchase and says how much is missing`() async throws {
    try await LedgerUnderTest.running { ledger in
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":10}"#)
      let paid = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":4}"#)
      #expect(paid.status == 201)
      #expect(paid.text("transaction", "kind") == "purchase")
      #expect(paid.text("transaction", "type") == "debit")
      #expect(paid.number("balance", "balance") == 6)
      #expect(paid.number("balance", "totalSpent") == 4)
      let refused = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":9}"#)
      #expect(refused.problem == "409 insufficient_balance")
      #expect(refused.number("missing") == 3 && refused.number("available") == 6)
      #expect(refused["leg"] == nil)
      let fromNobody = try await ledger.post("/points/deduct", #"{"userId":"bob","amount":9}"#)
      #expect(fromNobody.number("missing") == 9 && fromNobody.number("available") == 0)
    }
  }

  @Test func `a point type is known by its name, by its id, and by default`() async throws {
    try await LedgerUnderTest.running { ledger in
      // Created elsewhere after this worker read the types.
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#)
      try await ledger.addType("gems")
      let named = try await ledger.post(
        "/points/award", #"{"userId":"ada","amount":2,"pointType":"gems"}"#)
      #expect(named.number("balance", "balance") == 2, "\(named)")
      let id = try #require(ledger.lanes.catalog.type("gems")).id.description
      for spelling in [id, id.uppercased()] {
        let reply = try await ledger.post(
          "/points/award", #"{"userId":"ada","amount":1,"pointType":"\#(spelling)"}"#)
        #expect(reply.text("transaction", "pointType") == "gems")
      }
      let unknown = try await ledger.post(
        "/points/award", #"{"userId":"ada","amount":2,"pointType":"gold"}"#)
      #expect(unknown.problem == "404 not_found")
      #expect(unknown.text("detail")?.contains("gold") == true)
    }
  }

  @Test func `a ledger write succeeds when Redis does not`() async throws {
    try await LedgerUnderTest.running { ledger in
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#)
      ledger.failProjecting([try #require(ledger.lanes.catalog.type("points")).id])
      let reply = try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#)
      #expect(reply.status == 201)
      #expect(reply.flag("projected") == false)
    }
  }

  @Test func `users are told apart by the bytes of their ids`() async throws {
    try await LedgerUnderTest.running { ledger in
      let spellings = ["caf\u{E9}", "cafe\u{301}", "CAFÉ", "日本語", "🎮"]
      for (index, user) in spellings.enumerated() {
        let reply = try await ledger.post("/points/award", #"{"userId":"\#(user)","amount":\#(index + 1)}"#)
        #expect(reply.number("balance", "balance") == Int64(index + 1), "\(user)")
        let echoed = try #require(reply.text("balance", "userId"))
        #expect(Array(echoed.utf8) == Array(user.utf8))
      }
    }
  }

  @Test func `a query says nothing to a route that posts`() async throws {
    try await LedgerUnderTest.running { ledger in
      for path in ["award", "deduct", "postings", "postings/batch", "postings/x/reverse"] {
        let reply = try await ledger.post("/points/\(path)?dryRun=true", "{}")
        #expect(reply.problem == "400 validation_failed" && reply.text("field") == "dryRun", "\(path)")
      }
    }
  }

  @Test func `whoever may not post is told before the body is looked at`() async throws {
    try await LedgerUnderTest.running { ledger in
      for path in ["award", "deduct", "postings", "postings/batch", "postings/x/reverse"] {
        let reply = try await ledger.post("/points/\(path)", "{", as: nil)
        #expect(reply.problem == "401 unauthorized")
        let reader = try await ledger.post("/points/\(path)", "{", as: .reader)
        #expect(reader.problem == "403 forbidden")
      }
    }
  }
}
