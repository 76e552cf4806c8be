// Connections end at the worst of times: what was answered stands once, what was not stands at most once, and
// a repeat under the same key settles it.
import EmbeddedServers
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import Synchronization
import TestSupport
import Testing

@Suite struct LostAnswerTests {
  @Test func `sessions are killed under load: nothing is lost and nothing doubled`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    let owner = try ledger.database.ownerOptions(application: "killer")
    let (asked, kills) = try await ledger.withLanes(2) { lanes in
      let isOver = Ended()
      async let kills = killSome(owner, until: isOver)
      let asked = await load(lanes, in: points)
      isOver.note()
      let count = try await kills
      try await settle(asked, on: lanes[0])
      return (asked, count)
    }
    let contents = try await ledger.contents()
    check(asked, contents)
    #expect(kills > 20, "too few kills to show anything")
  }

  @Test func `answers to COMMIT are lost: nothing is lost and nothing doubled`() async throws {
    let seed = SeededGenerator.forThisRun()
    var options = EmbeddedOptions.forTests
    options.listensOnLoopback = true
    let servers = try EmbeddedServers.start(options)
    defer { servers.stop() }
    let url = try #require(servers.postgres.loopbackURL)
    try LedgerDatabase.migrateWaiting(url)
    let eater = try CommitEater(to: servers.postgres.port, seed)
    defer { eater.close() }
    var connection = try PostgresConnectionOptions(
      parsing: url.replacing(":\(servers.postgres.port)/", with: ":\(eater.port)/"))
    connection.serveLedger()
    connection.beForTests()
    var lanes: [TestLane] = []
    // Small batches make many commits.
    var laneOptions = LaneOptions.forTests
    laneOptions.legsPerBatch = 8
    for _ in 0..<2 { lanes.append(try await TestLane.start(laneOptions, connection)) }
    let points = try #require(await lanes[0].type("points"))
    let asked = await load(lanes, in: points)
    try await settle(asked, on: lanes[0])
    for lane in lanes { await lane.stop() }
    check(asked, try await LedgerContents.read(try PostgresConnectionOptions(parsing: url)))
    #expect(eater.eaten > 8, "too few answers were lost to show anything")
    // Almost always the next attempt finds out.
    #expect(asked.count { $0.result.error != nil } * 10 < asked.count)
  }

  private func killSome(_ options: PostgresConnectionOptions, until isOver: Ended) async throws -> Int {
    try await LedgerDatabase.withSession(options) { session in
      var kills = 0
      while !isOver.isOver {
        kills += try await session.query(KillSome()).count
        try await session.loop.sleep(for: .milliseconds(7))
      }
      return kills
    }
  }

  // MARK: Load

  fileprivate struct Asked: Sendable {
    let posting: Posting
    let result: PostingResult
  }

  /// Credits of one point; every second posting has a key, and some have two legs.
  private func load(_ lanes: [TestLane], in type: PointTypeID) async -> [Asked] {
    await withTaskGroup(of: [Asked].self) { group in
      for caller in 0..<16 {
        group.addTask {
          var asked: [Asked] = []
          for round in 0..<40 {
            let user = "user\((caller * 7 + round) % 40)"
            let legs: [Leg] = [.credit(1, to: user, in: type), .credit(1, to: "all", in: type)]
            let key = round % 2 == 0 ? UInt64(caller * 1000 + round) : nil
            let posting = Posting.of(Array(legs.prefix(1 + round % 3)), key: key)
            asked.append(Asked(posting: posting, result: await lanes[caller % lanes.count].post(posting)))
          }
          return asked
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
  }

  /// Sends again what has a key and no answer, until it has one.
  private func settle(_ asked: [Asked], on lane: TestLane) async throws {
    for one in asked where one.result.error != nil && one.posting.request != nil {
      var result = one.result
      for _ in 0..<20 where result.error != nil { result = await lane.post(one.posting.repeated) }
      let receipt = try #require(result.receipt, "\(result)")
      #expect(receipt.transactions.count == one.posting.legs.count)
    }
  }

  private func check(_ asked: [Asked], _ contents: LedgerContents) {
    contents.check()
    let standing = Set(contents.transactions.map(\.id.posting))
    for one in asked {
      switch one.result {
      case .success(.posted(let receipt)):
        #expect(receipt.posting == one.posting.id && !receipt.isReplay)
        #expect(receipt.transactions == contents.legs(of: one.posting.id))
      case .failure(.unavailable(_, mayHaveTakenEffect: true)): break
      case .failure(let error):
        // What was told as not done may have been done by its repeat, but not by itself.
        #expect(!standing.contains(one.posting.id), "\(error)")
      case .success: Issue.record("\(one.result)")
      }
      guard let request = one.posting.request else { continue }
      #expect(contents.requests[request.digest] != nil)
    }
    let keyless = asked.filter { $0.posting.request == nil && standing.contains($0.posting.id) }
    #expect(standing.count == contents.requests.count + keyless.count)
  }
}

private struct KillSome: PostgresStatement {
  static let sql = SQL.script(
    "kill_some",
    """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'lane' AND datname = current_database() AND random() < 0.2
    """)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Bool {
    try row.value(0)
  }
}
