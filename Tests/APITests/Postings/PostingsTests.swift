// Postings of many legs: all or nothing.
import Testing

@testable import API

struct PostingsTests {
  @Test func `legs take effect together and each account is told once`() async throws {
    try await LedgerUnderTest.running { ledger in
      try await ledger.addType("gems")
      let reply = try await ledger.post(
        "/points/postings",
        """
        {"legs":[{"type":"credit","userId":"bob","amount":10},{"type":"credit","userId":"ada","amount":5},
         {"type":"debit","userId":"bob","amount":4,"kind":"entry_fee"},
         {"type":"credit","userId":"bob","amount":7,"pointType":"gems","reason":"prize"}]}
        """)
      #expect(reply.status == 201, "\(reply)")
      #expect(reply.body.names == ["posting", "balances", "projected"])
      #expect(reply["posting"]?.names == ["id", "createdAt", "transactions"])
      #expect(reply.count("posting", "transactions") == 4)
      #expect((0..<4).map { reply.number("posting", "transactions", "\($0)", "amount") } == [10, 5, 4, 7])
      #expect(
        (0..<4).map { reply.text("posting", "transactions", "\($0)", "kind") }
          == ["award", "award", "entry_fee", "award"])
      for index in 0..<4 {
        #expect(
          reply.text("posting", "transactions", "\(index)", "postingId") == reply.text("posting", "id"))
      }
      #expect(reply.count("balances") == 3)
      #expect((0..<3).map { reply.text("balances", "\($0)", "userId") } == ["bob", "ada", "bob"])
      #expect((0..<3).map { reply.number("balances", "\($0)", "balance") } == [6, 5, 7])
      #expect(reply.text("balances", "2", "pointType") == "gems")
      #expect(reply.text("posting", "createdAt")?.utf8.count == 27)
    }
  }

  @Test func `a leg that cannot be posted undoes all and is named`() async throws {
    try await LedgerUnderTest.running { ledger in
      let body = """
        {"legs":[{"type":"credit","userId":"ada","amount":10},{"type":"debit","userId":"bob","amount":4}]}
        """
      let reply = try await ledger.post("/points/postings", body, key: "k")
      #expect(reply.problem == "409 insufficient_balance")
      #expect(reply.number("leg") == 1 && reply.number("missing") == 4)
      let after = try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#)
      #expect(after.number("transaction", "before") == 0 && after.number("transaction", "version") == 1)
      let again = try await ledger.post("/points/postings", body, key: "k")
      #expect(again.isReplay && again.body == reply.body)
    }
  }

  @Test func `a wrong leg is told by its place`() async throws {
    let good = #"{"type":"credit","userId":"ada","amount":1}"#
    let cases = [
      ("{}", "legs"), (#"{"legs":[]}"#, "legs"), (#"{"legs":{}}"#, "legs"), (#"{"legs":[1]}"#, "legs[0]"),
      (#"{"legs":[\#(good)],"userId":"ada"}"#, "userId"),
      (#"{"legs":[\#(good),{"userId":"ada","amount":1}]}"#, "legs[1].type"),
      (#"{"legs":[\#(good),{"type":"Credit","userId":"ada","amount":1}]}"#, "legs[1].type"),
      (#"{"legs":[\#(good),{"type":"credit","userId":"ada","amount":0}]}"#, "legs[1].amount"),
      (#"{"legs":[\#(good),{"type":"credit","userId":"ada","amount":1,"x":1}]}"#, "legs[1].x"),
      (#"{"legs":[\#(good),{"type":"debit","userId":"ada","amount":1,"kind":"reversal"}]}"#, "legs[1].kind"),
      (
        #"{"legs":[\#(good),{"type":"credit","userId":"a","amount":1,"occurredAt":"2001-01-01T00:00:00Z"}]}"#,
        "legs[1].occurredAt"
      ),
    ]
    try await LedgerUnderTest.running { ledger in
      for (body, field) in cases {
        let reply = try await ledger.post("/points/postings", body)
        #expect(reply.status == 400 && reply.text("field") == field, "\(body)")
      }
    }
  }

  @Test func `a posting has a thousand legs at most`() async throws {
    try await LedgerUnderTest.running { ledger in
      func body(_ count: Int) -> String {
        let legs = (0..<count).map { #"{"type":"credit","userId":"u\#($0)","amount":\#($0 + 1)}"# }
        return "{\"legs\":[\(legs.joined(separator: ","))]}"
      }
      let most = try await ledger.post("/points/postings", body(1000), key: "k")
      #expect(most.status == 201 && most.count("posting", "transactions") == 1000)
      #expect(most.number("balances", "999", "balance") == 1000)
      let again = try await ledger.post("/points/postings", body(1000), key: "k")
      #expect(again.isReplay && again.body == most.body)
      let tooMany = try await ledger.post("/points/postings", body(1001))
      #expect(tooMany.status == 400 && tooMany.text("field") == "legs")
    }
  }

  @Test func `legs in another order or number are another request`() async throws {
    try await LedgerUnderTest.running { ledger in
      let (first, second) = (
        #"{"type":"credit","userId":"ada","amount":1}"#, #"{"type":"credit","userId":"bob","amount":1}"#
      )
      func post(_ legs: String...) async throws -> Reply {
        try await ledger.post("/points/postings", "{\"legs\":[\(legs.joined(separator: ","))]}", key: "k")
      }
      let posted = try await post(first, second)
      #expect(posted.status == 201)
      let turned = try await post(second, first)
      #expect(turned.text("field") == "userId")
      let shorter = try await post(first)
      #expect(shorter.text("field") == "legs")
      let otherWay = try await post(first, second.replacing("credit", with: "debit"))
      #expect(otherWay.text("field") == "type")
      let again = try await post(first, second)
      #expect(again.isReplay)
    }
  }
}
