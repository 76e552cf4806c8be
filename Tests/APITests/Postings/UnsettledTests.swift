// Requests that get no answer of the ledger now. None of it is kept: the same request may be sent again.
import Ledger
import PostgresClient
import TestSupport
import Testing

@testable import API
@testable import LedgerStore

struct UnsettledTests {
  @Test func `a request whose twin is being settled elsewhere is asked to come again`() async throws {
    try await LedgerUnderTest.running(lockTimeout: .milliseconds(300)) { ledger in
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#)
      let content = RequestContent(.award)
      let twin = Request(service: LedgerUnderTest.service, key: Array("k".utf8), content: content)
      let insertion = """
        INSERT INTO requests (digest, fingerprint, posting_id, created_at)
        VALUES ('\(twin.digest.text)', decode(repeat('00', 54), 'hex'), gen_random_uuid(), now())
        """
      let body = #"{"userId":"ada","amount":10}"#
      let other = try await PostgresSession.connect(try ledger.database.ownerOptions(), on: ledger.loop)
      defer { other.close() }
      try await other.run(script: PostgresSQL("insert", Array("BEGIN; \(insertion)".utf8)))
      let reply = try await ledger.post("/points/award", body, key: "k")
      #expect(reply.problem == "409 request_in_flight")
      #expect(reply.field("Retry-After") == "1" && !reply.isReplay)
      try await other.run(script: PostgresSQL("rollback", Array("ROLLBACK".utf8)))
      let again = try await ledger.post("/points/award", body, key: "k")
      #expect(again.status == 201 && again.number("transaction", "before") == 1)
    }
  }

  @Test func `without its database nothing is done and that is said`() async throws {
    try await LedgerUnderTest.running { ledger in
      let award = try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#)
      let id = try #require(award.text("transaction", "id"))
      await ledger.close()
      let requests = [
        ("/points/award", #"{"userId":"ada","amount":1}"#),
        ("/points/award", #"{"userId":"ada","amount":1,"pointType":"gems"}"#),
        ("/points/transactions/\(id)/reverse", "{}"),
      ]
      for (path, body) in requests {
        let reply = try await ledger.post(path, body, key: "k")
        #expect(reply.problem == "503 database_unavailable", "\(path)")
        #expect(reply.field("Retry-After") == "1")
        #expect(reply.text("detail")?.contains("Nothing was done") == true)
      }
    }
  }

  @Test func `a full queue is told at once`() async throws {
    try await LedgerUnderTest.running {
      $0.waitingLegsMax = 1
    } _: { ledger in
      let reply = try await ledger.post(
        "/points/postings/batch",
        """
        {"postings":[
         {"idempotencyKey":"a","legs":[{"type":"credit","userId":"ada","amount":1}]},
         {"idempotencyKey":"b","legs":[{"type":"credit","userId":"ada","amount":1}]}]}
        """)
      #expect(reply.number("results", "0", "status") == 201)
      #expect(reply.number("results", "1", "status") == 503)
      #expect(reply.text("results", "1", "problem", "code") == "overloaded")
    }
  }
}
