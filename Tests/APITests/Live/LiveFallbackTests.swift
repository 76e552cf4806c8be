// Live boards while Redis answers some questions and not others.
import BoardStore
import EventLoop
import Ledger
import LedgerStore
import RedisClient
import Testing

@testable import API

@Suite struct LiveFallbackTests {
  @Test func `what came from the ledger is taken back when Redis has it, though nothing is posted`()
    async throws
  {
    var settings = ReadRoutesUnderTest.Settings()
    settings.rankings.interval = .seconds(3600)
    try await ReadRoutesUnderTest.running(withRedis: true, settings) { worker in
      // The look at a board reads the first and the middle account: neither is the one that is damaged.
      for (user, amount) in [("ada", 30), ("bob", 20), ("cy", 10), ("dee", 9), ("fay", 8)] {
        try await worker.award(Int64(amount), to: user)
      }
      // The ledger's ranking is read now, and is an old one soon.
      let before = try await worker.damageRow(of: "cy")
      let old = try await worker.get("/points/leaderboard/rank?userId=cy", as: .reader)
      #expect(old["rank"] == "3" && old["source"] == "ledger")
      try await worker.setRow(of: "cy", before)
      try await worker.award(15, to: "cy")
      let row = try await worker.damageRow(of: "cy")

      // Of what is due together with others the board is looked at first; what is listened to before
      // anything else is due alone.
      let lead = try await worker.listen("/points/leaderboard/stream?board=earned")
      let rank = "/points/leaderboard/rank/stream?perSecond=20&userId="
      var others = [try await worker.listen(rank + "ada"), try await worker.listen(rank + "bob")]
      let cy = try await worker.listen(rank + "cy")
      for user in ["dan", "eve"] { others.append(try await worker.listen(rank + user)) }
      let stale = try await cy.next()
      #expect(stale["rank"] == "3" && stale["source"] == "ledger")
      // Some turns, in which the board has been looked at.
      let questions = worker.live.counters.questions
      while worker.live.counters.questions < questions + 12 {
        try await worker.loop.sleep(for: .milliseconds(1))
      }
      try await worker.setRow(of: "cy", row)
      let mended = try await cy.next(within: .seconds(30))
      #expect(mended["rank"] == "2" && mended["source"] == "redis")
      for stream in others + [lead, cy] { stream.leave() }
    }
  }
}

extension ReadRoutesUnderTest {
  /// Makes what Redis has of the account unreadable; returns what it was.
  fileprivate func damageRow(of user: String) async throws -> [UInt8] {
    let key = MirrorKeys(try await type(), epoch: 1).accounts
    let reply = await redis.send(RedisCommand("HGET", key: key, [Array(user.utf8)]))
    guard case .value(let value) = reply, let row = value.bytes else {
      throw Unmet(what: "an account in Redis: \(reply)")
    }
    try await setRow(of: user, Array("damaged".utf8))
    return row
  }

  fileprivate func setRow(of user: String, _ row: [UInt8]) async throws {
    let key = MirrorKeys(try await type(), epoch: 1).accounts
    _ = await redis.send(RedisCommand("HSET", key: key, [Array(user.utf8), row]))
  }
}
