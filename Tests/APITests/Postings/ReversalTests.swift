// Taking back: in parts, by admins, of one transaction or of a whole posting.
import Testing

@testable import API

struct ReversalTests {
  @Test func `a transaction is taken back in parts and never above what it was`() async throws {
    try await LedgerUnderTest.running { ledger in
      let award = try await ledger.post("/points/award", #"{"userId":"ada","amount":10}"#)
      let id = try #require(award.text("transaction", "id"))
      let path = "/points/transactions/\(id)/reverse"
      let part = try await ledger.post(path, #"{"amount":4,"reason":"a mistake"}"#, key: "p1")
      #expect(part.status == 201, "\(part)")
      #expect(part.body.names == ["transaction", "balance", "remaining", "projected"])
      #expect(part.text("transaction", "kind") == "reversal")
      #expect(part.text("transaction", "type") == "debit")
      #expect(part.text("transaction", "reverses") == id)
      #expect(part.text("transaction", "reason") == "a mistake")
      #expect(part.number("remaining") == 6)
      #expect(part.number("balance", "balance") == 6 && part.number("balance", "totalEarned") == 6)
      let tooMuch = try await ledger.post(path, #"{"amount":7}"#)
      #expect(tooMuch.problem == "422 limit_exceeded" && tooMuch.number("reversible") == 6)
      let rest = try await ledger.post(path, "")
      #expect(rest.number("transaction", "amount") == 6 && rest.number("remaining") == 0)
      let nothing = try await ledger.post(path, "{}")
      #expect(nothing.problem == "422 limit_exceeded" && nothing.number("reversible") == 0)
      let again = try await ledger.post(path, #"{"amount":4,"reason":"a mistake"}"#, key: "p1")
      #expect(again.isReplay && again.text("transaction", "id") == part.text("transaction", "id"))
      #expect(again.number("remaining") == 6)
    }
  }

  @Test func `only what is there is taken, if that is allowed`() async throws {
    try await LedgerUnderTest.running { ledger in
      let award = try await ledger.post("/points/award", #"{"userId":"ada","amount":10}"#)
      let path = "/points/transactions/\(try #require(award.text("transaction", "id")))/reverse"
      _ = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":7}"#)
      let refused = try await ledger.post(path, "{}")
      #expect(refused.problem == "409 insufficient_balance" && refused.number("missing") == 7)
      let part = try await ledger.post(path, #"{"allowPartial":true}"#)
      #expect(part.status == 201 && part.number("transaction", "amount") == 3)
      #expect(part.number("remaining") == 7 && part.number("balance", "balance") == 0)
    }
  }

  @Test func `a deduction that is taken back was never spent`() async throws {
    try await LedgerUnderTest.running { ledger in
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":10}"#)
      let paid = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":8}"#)
      let id = try #require(paid.text("transaction", "id"))
      let back = try await ledger.post("/points/transactions/\(id)/reverse", #"{"amount":5}"#)
      #expect(back.text("transaction", "type") == "credit")
      #expect(back.number("balance", "totalSpent") == 3 && back.number("balance", "totalEarned") == 10)
    }
  }

  @Test func `a posting is taken back as a whole, its last leg first`() async throws {
    try await LedgerUnderTest.running { ledger in
      // The balance is gone in between: only in this order it can be taken back.
      let posting = try await ledger.post(
        "/points/postings",
        """
        {"legs":[{"type":"credit","userId":"ada","amount":10},{"type":"debit","userId":"ada","amount":10},
         {"type":"credit","userId":"bob","amount":10}]}
        """)
      let path = "/points/postings/\(try #require(posting.text("posting", "id")))/reverse"
      let back = try await ledger.post(path, #"{"actor":"gm"}"#, key: "k")
      #expect(back.status == 201, "\(back)")
      #expect(back.body.names == ["posting", "balances", "remaining", "projected"])
      #expect(
        (0..<3).map { back.text("posting", "transactions", "\($0)", "reverses") }
          == [2, 1, 0].map { posting.text("posting", "transactions", "\($0)", "id") })
      #expect((0..<2).map { back.number("balances", "\($0)", "balance") } == [0, 0])
      #expect(back.number("remaining") == 0)
      #expect(back.text("posting", "transactions", "0", "actor") == "gm")
      #expect(try await ledger.post(path, #"{"actor":"gm"}"#, key: "k").isReplay)
      let other = try await ledger.post(path, #"{"actor":"other"}"#, key: "k")
      #expect(other.text("field") == "actor")
      let once = try await ledger.post(path, "{}")
      #expect(once.problem == "422 limit_exceeded" && once.number("leg") == 2)
      let amount = try await ledger.post(path, #"{"amount":1}"#)
      #expect(amount.status == 400 && amount.text("field") == "amount")
    }
  }

  @Test func `a posting whose points are gone is refused by the leg that gave them`() async throws {
    try await LedgerUnderTest.running { ledger in
      let posting = try await ledger.post(
        "/points/postings",
        """
        {"legs":[{"type":"credit","userId":"ada","amount":10},{"type":"credit","userId":"bob","amount":10},
         {"type":"credit","userId":"eve","amount":10}]}
        """)
      _ = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":4}"#)
      let path = "/points/postings/\(try #require(posting.text("posting", "id")))/reverse"
      let refused = try await ledger.post(path, "{}")
      #expect(refused.problem == "409 insufficient_balance")
      #expect(refused.number("leg") == 0 && refused.number("missing") == 4)
      let part = try await ledger.post(path, #"{"allowPartial":true}"#)
      #expect(part.status == 201 && part.number("remaining") == 4)
    }
  }

  @Test func `what was never posted and what is a reversal cannot be taken back`() async throws {
    try await LedgerUnderTest.running { ledger in
      let award = try await ledger.post("/points/award", #"{"userId":"ada","amount":10}"#)
      let id = try #require(award.text("transaction", "id"))
      let back = try await ledger.post("/points/transactions/\(id)/reverse", "{}")
      let reversal = try #require(back.text("transaction", "id"))
      let reversing = try #require(back.text("transaction", "postingId"))
      #expect(
        try await ledger.post("/points/transactions/\(reversal)/reverse", "{}").problem
          == "409 not_reversible")
      #expect(
        try await ledger.post("/points/postings/\(reversing)/reverse", "{}").problem == "409 not_reversible")
      for unknown in ["00000000-0000-7000-8000-000000000000", "x", "%20", id + "0"] {
        for kind in ["transactions", "postings"] {
          let reply = try await ledger.post("/points/\(kind)/\(unknown)/reverse", "{}")
          #expect(reply.problem == "404 not_found", "\(kind) \(unknown)")
        }
      }
      // The id of a transaction is not that of its posting.
      #expect(try await ledger.post("/points/postings/\(id)/reverse", "{}").problem == "404 not_found")
    }
  }

  @Test func `only an admin takes back what is disabled`() async throws {
    try await LedgerUnderTest.running { ledger in
      let award = try await ledger.post("/points/award", #"{"userId":"ada","amount":10}"#)
      let path = "/points/transactions/\(try #require(award.text("transaction", "id")))/reverse"
      try await ledger.change(
        "UPDATE point_types SET enabled = false; UPDATE settings SET generation = generation + 1")
      #expect(try await ledger.post(path, #"{"amount":1}"#).problem == "409 type_disabled")
      let admin = try await ledger.post(path, #"{"amount":1}"#, as: .admin)
      #expect(admin.status == 201)
      try await ledger.change(
        """
        UPDATE point_types SET enabled = true; UPDATE settings SET generation = generation + 1;
        UPDATE users SET enabled = false WHERE id = 'ada';
        UPDATE accounts SET user_enabled = false WHERE user_id = 'ada'
        """)
      #expect(try await ledger.post(path, #"{"amount":1}"#).problem == "409 user_disabled")
      #expect(try await ledger.post(path, "{}", as: .admin).status == 201)
    }
  }

  @Test func `the bounds of awards do not bind what is taken back`() async throws {
    try await LedgerUnderTest.running { ledger in
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":10}"#)
      let paid = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":8}"#)
      var rules = PostingRules()
      rules.minAward = 100
      ledger.setRules(rules)
      let id = try #require(paid.text("transaction", "id"))
      #expect(try await ledger.post("/points/transactions/\(id)/reverse", "{}").status == 201)
      let late = try await ledger.post(
        "/points/transactions/\(id)/reverse", #"{"occurredAt":"2001-01-01T00:00:00Z"}"#)
      #expect(late.status == 400 && late.text("field") == "occurredAt")
      let wrong = try await ledger.post("/points/transactions/\(id)/reverse", #"{"amount":0}"#)
      #expect(wrong.problem == "400 invalid_amount")
      let more = try await ledger.post("/points/transactions/\(id)/reverse", #"{"kind":"refund"}"#)
      #expect(more.text("field") == "kind")
    }
  }

  @Test func `a posting of several legs is taken back in parts, and repeats tell what they told`()
    async throws
  {
    try await LedgerUnderTest.running { ledger in
      let posting = try await ledger.post(
        "/points/postings",
        """
        {"legs":[{"type":"credit","userId":"ada","amount":10},{"type":"credit","userId":"bob","amount":10},
         {"type":"credit","userId":"eve","amount":10}]}
        """)
      let path = "/points/postings/\(try #require(posting.text("posting", "id")))/reverse"
      _ = try await ledger.post("/points/deduct", #"{"userId":"bob","amount":10}"#)
      _ = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":4}"#)
      let body = #"{"allowPartial":true}"#
      let first = try await ledger.post(path, body, key: "first")
      #expect(first.status == 201 && first.number("remaining") == 14, "\(first)")
      #expect(first.count("posting", "transactions") == 2 && first.count("balances") == 2)
      #expect(first.text("balances", "0", "userId") != "bob")
      let none = try await ledger.post(path, body)
      #expect(none.problem == "409 insufficient_balance" && none.number("missing") == 10)
      _ = try await ledger.post("/points/award", #"{"userId":"bob","amount":10}"#)
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":4}"#)
      let rest = try await ledger.post(path, "{}")
      #expect(rest.status == 201 && rest.number("remaining") == 0)
      #expect(rest.count("posting", "transactions") == 2)
      let over = try await ledger.post(path, body)
      #expect(over.problem == "422 limit_exceeded" && over.number("reversible") == 0)
      let again = try await ledger.post(path, body, key: "first")
      #expect(again.isReplay && again.body == first.body)
    }
  }
}
