// From the ledger's outcomes to answers, where the ledger need not be asked.
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient
import Testing

@testable import API

struct PostingProblemTests {
  @Test func `an outage says whether repeating settles anything`() throws {
    let open = try Reply(Problem(LedgerError.unavailable(.timedOut, mayHaveTakenEffect: true)).response)
    #expect(open.problem == "503 database_unavailable")
    #expect(open.field("Retry-After") == "1")
    #expect(open.text("detail")?.contains("same idempotency key settles it") == true)
    let nothing = try Reply(Problem(LedgerError.unavailable(.timedOut, mayHaveTakenEffect: false)).response)
    #expect(nothing.problem == "503 database_unavailable")
    #expect(nothing.field("Retry-After") == "1")
    #expect(nothing.text("detail")?.contains("Nothing was done") == true)
  }

  @Test func `a full queue and a held account pass`() throws {
    for error in [LedgerError.overloaded, .accountBusy] {
      let reply = try Reply(Problem(error).response)
      #expect(reply.problem == "503 overloaded")
      #expect(reply.field("Retry-After") == "1")
    }
  }

  @Test func `a mistake of ours is told without the store's words`() throws {
    let reply = try Reply(Problem(LedgerError.failed(.sessionBusy)).response)
    #expect(reply.problem == "500 internal_error")
  }

  @Test func `a twin under way is worth asking for again`() throws {
    let reply = try Reply(Problem.requestInFlight.response)
    #expect(reply.problem == "409 request_in_flight")
    #expect(reply.field("Retry-After") == "1")
  }

  @Test func `only what was answered before is a replay`() {
    let refusal = Ledger.Refusal(.userDisabled, leg: 0)
    #expect(Problem(refusal, leg: nil, isReplay: true).isReplay)
    #expect(!Problem(refusal, leg: nil, isReplay: false).isReplay)
    #expect(!Problem(LedgerError.overloaded).isReplay)
  }

  @Test func `ids of one millisecond differ and keep room for their legs`() {
    var ids = PostingIDs()
    let instant = Instant.now
    let made = (0..<20_000).map { _ in ids.next(at: instant) }
    #expect(Set(made).count == made.count)
    #expect(made.allSatisfy { $0.isWellFormed })
    #expect(Set(made.map { $0.bits.high >> 12 }).count == 1)
    var others = PostingIDs()
    #expect(others.next(at: instant) != made[0])
  }
}
