// Bodies that are wrong in themselves. None reaches the ledger, and each is told which field it is about.
import Ledger
import LedgerStore
import Testing

@testable import API

struct InvalidPostingTests {
  @Test func `a wrong field is refused by its name`() async throws {
    let long = String(repeating: "x", count: 129)
    let cases: [(fields: String, problem: String, field: String?)] = [
      (#""amount":1"#, "400 validation_failed", "userId"),
      (#""userId":"","amount":1"#, "400 validation_failed", "userId"),
      (#""userId":null,"amount":1"#, "400 validation_failed", "userId"),
      (#""userId":7,"amount":1"#, "400 validation_failed", "userId"),
      (#""userId":"\#(long)","amount":1"#, "400 validation_failed", "userId"),
      (#""userId":"a\u0007","amount":1"#, "400 validation_failed", "userId"),
      (#""userId":"a\u0085","amount":1"#, "400 validation_failed", "userId"),
      (#""userId":"a\u0000","amount":1"#, "400 validation_failed", nil),
      (#""userId":"ada""#, "400 invalid_amount", "amount"),
      (#""userId":"ada","amount":null"#, "400 invalid_amount", "amount"),
      (#""userId":"ada","amount":0"#, "400 invalid_amount", "amount"),
      (#""userId":"ada","amount":-1"#, "400 invalid_amount", "amount"),
      (#""userId":"ada","amount":1.0"#, "400 invalid_amount", "amount"),
      (#""userId":"ada","amount":1e3"#, "400 invalid_amount", "amount"),
      (#""userId":"ada","amount":"1""#, "400 invalid_amount", "amount"),
      (#""userId":"ada","amount":9223372036854775808"#, "400 invalid_amount", "amount"),
      (#""userId":"ada","amount":01"#, "400 validation_failed", nil),
      (#""userId":"ada","amount":1,"amount":2"#, "400 validation_failed", "amount"),
      (#""userId":"ada","amount":1,"pointType":1"#, "400 validation_failed", "pointType"),
      (#""userId":"ada","amount":1,"pointType":"Not A Name""#, "404 not_found", nil),
      (#""userId":"ada","amount":1,"kind":"Raid""#, "400 validation_failed", "kind"),
      (#""userId":"ada","amount":1,"kind":"""#, "400 validation_failed", "kind"),
      (#""userId":"ada","amount":1,"kind":"9lives""#, "400 validation_failed", "kind"),
      (#""userId":"ada","amount":1,"kind":"reversal""#, "400 validation_failed", "kind"),
      (#""userId":"ada","amount":1,"kind":"redemption""#, "400 validation_failed", "kind"),
      (#""userId":"ada","amount":1,"kind":"distribution""#, "400 validation_failed", "kind"),
      (#""userId":"ada","amount":1,"kind":"genesis""#, "400 validation_failed", "kind"),
      (#""userId":"ada","amount":1,"category":"raid""#, "422 unknown_category", nil),
      (#""userId":"ada","amount":1,"category":7"#, "400 validation_failed", "category"),
      (#""userId":"ada","amount":1,"reason":"a\u001b""#, "400 validation_failed", "reason"),
      (
        #""userId":"ada","amount":1,"reason":"\#(String(repeating: "x", count: 513))""#,
        "400 validation_failed", "reason"
      ),
      (
        #""userId":"ada","amount":1,"description":"\#(String(repeating: "ü", count: 1025))""#,
        "400 validation_failed", "description"
      ),
      (#""userId":"ada","amount":1,"actor":"\#(long)""#, "400 validation_failed", "actor"),
      (#""userId":"ada","amount":1,"actor":"a\nb""#, "400 validation_failed", "actor"),
      (#""userId":"ada","amount":1,"validatorId":"\#(long)""#, "400 validation_failed", "validatorId"),
      (#""userId":"ada","amount":1,"relatedTo":"\#(long)""#, "400 validation_failed", "relatedTo"),
      (#""userId":"ada","amount":1,"tournamentId":"\#(long)""#, "400 validation_failed", "tournamentId"),
      (#""userId":"ada","amount":1,"registrationId":"\#(long)""#, "400 validation_failed", "registrationId"),
      (#""userId":"ada","amount":1,"occurredAt":"yesterday""#, "400 validation_failed", "occurredAt"),
      (#""userId":"ada","amount":1,"occurredAt":1"#, "400 validation_failed", "occurredAt"),
      (#""userId":"ada","amount":1,"metadata":[]"#, "400 validation_failed", "metadata"),
      (#""userId":"ada","amount":1,"metadata":"{}""#, "400 validation_failed", "metadata"),
      (
        #""userId":"ada","amount":1,"metadata":{"a":"\#(String(repeating: "x", count: 4089))"}"#,
        "400 validation_failed", "metadata"
      ),
      (#""userId":"ada","amount":1,"createdBy":"me""#, "400 validation_failed", "createdBy"),
      (#""userId":"ada","amount":1,"type":"credit""#, "400 validation_failed", "type"),
    ]
    try await LedgerUnderTest.running { ledger in
      for one in cases {
        let reply = try await ledger.post("/points/award", "{\(one.fields)}")
        #expect(reply.problem == one.problem, "\(one.fields.prefix(80))")
        #expect(reply.text("field") == one.field, "\(one.fields.prefix(80))")
      }
      let none = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":1}"#)
      #expect(none.number("available") == 0)
    }
  }

  @Test func `texts as long as they may be are taken`() async throws {
    let reference = String(repeating: "x", count: 128)
    let texts = """
      "userId":"\(reference)","amount":1,"reason":"\(String(repeating: "r", count: 512))",
      "description":"\(String(repeating: "ü", count: 1024))","actor":"\(reference)",
      "validatorId":"\(reference)","relatedTo":"\(reference)","tournamentId":"\(reference)",
      "registrationId":"\(reference)","metadata":{"a":"\(String(repeating: "x", count: 4088))"}
      """
    try await LedgerUnderTest.running { ledger in
      let reply = try await ledger.post("/points/award", "{\(texts)}")
      #expect(reply.status == 201)
    }
  }

  @Test func `what is not one object is no posting`() async throws {
    try await LedgerUnderTest.running { ledger in
      for body in ["", "[]", "1", "{", "null", #"{"userId":"ada","amount":1} x"#] {
        let reply = try await ledger.post("/points/award", body)
        #expect(reply.problem == "400 validation_failed", "\(body)")
      }
    }
  }

  @Test func `an event may have occurred within bounds only`() async throws {
    try await LedgerUnderTest.running { ledger in
      for (seconds, status) in [(-89 * 86400, 201), (-91 * 86400, 400), (30, 201), (3600, 400)] {
        let instant = Instant(microseconds: Instant.now.microseconds + Int64(seconds) * 1_000_000).rfc3339
        let reply = try await ledger.post(
          "/points/award", #"{"userId":"ada","amount":1,"occurredAt":"\#(instant)"}"#)
        #expect(reply.status == status, "\(seconds)")
        #expect(reply.text("field") == (status == 400 ? "occurredAt" : nil))
      }
    }
  }

  @Test(arguments: [
    "Idempotency-Key:", "Idempotency-Key: é", "Idempotency-Key: \u{FF}",
    "Idempotency-Key: \(String(repeating: "k", count: 256))", "Idempotency-Key: a\tb",
    "Idempotency-Key: a\r\nIdempotency-Key: a", "Idempotency-Key: a\r\nidempotency-key: b",
  ])
  func `a key is sent once and is printable`(field: String) async throws {
    try await LedgerUnderTest.running { ledger in
      let reply = try await ledger.post(
        "/points/award", #"{"userId":"ada","amount":1}"#, fields: [field])
      #expect(reply.problem == "400 validation_failed")
      #expect(reply.text("field") == "Idempotency-Key")
    }
  }

  @Test func `the bounds of awards are for what is given only`() async throws {
    var rules = PostingRules()
    rules.minAward = 10
    rules.maxAward = 20
    try await LedgerUnderTest.running(rules: rules) { ledger in
      let few = try await ledger.post("/points/award", #"{"userId":"ada","amount":9}"#)
      #expect(few.problem == "422 limit_exceeded" && few.number("minimum") == 10)
      let many = try await ledger.post("/points/award", #"{"userId":"ada","amount":21}"#)
      #expect(many.problem == "422 limit_exceeded" && many.number("maximum") == 20)
      for amount in [10, 20] {
        let body = #"{"userId":"ada","amount":\#(amount)}"#
        #expect(try await ledger.post("/points/award", body).status == 201)
      }
      #expect(try await ledger.post("/points/deduct", #"{"userId":"ada","amount":30}"#).status == 201)
      let legs = try await ledger.post(
        "/points/postings",
        """
        {"legs":[{"type":"credit","userId":"ada","amount":10},{"type":"credit","userId":"bob","amount":1}]}
        """)
      #expect(legs.problem == "422 limit_exceeded" && legs.number("leg") == 1)
    }
  }

  @Test func `the bounds and the state of the type and the user hold`() async throws {
    try await LedgerUnderTest.running { ledger in
      try await ledger.addType("gems", "true, 5, 7")
      try await ledger.addType("old", "false, NULL, NULL")
      try await ledger.change("INSERT INTO users (id, enabled) VALUES ('eve', false)")
      let cases = [
        (#""userId":"ada","amount":4,"pointType":"gems""#, "422 limit_exceeded", "minimum", 5 as Int64?),
        (#""userId":"ada","amount":8,"pointType":"gems""#, "422 limit_exceeded", "maximum", 7),
        (#""userId":"ada","amount":1,"pointType":"old""#, "409 type_disabled", "leg", nil),
        (#""userId":"eve","amount":1"#, "409 user_disabled", "leg", nil),
      ]
      for (fields, problem, member, value) in cases {
        let reply = try await ledger.post("/points/award", "{\(fields)}")
        #expect(reply.problem == problem)
        #expect(reply.number(member) == value)
      }
    }
  }

  @Test func `where users are registered a stranger has no account`() async throws {
    try await LedgerUnderTest.running {
      $0.createsUsers = false
    } _: { ledger in
      try await ledger.change("INSERT INTO users (id) VALUES ('ada')")
      #expect(try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#).status == 201)
      let stranger = try await ledger.post("/points/award", #"{"userId":"bob","amount":1}"#)
      #expect(stranger.problem == "422 user_unknown")
    }
  }
}
