// Live boards as listeners hear them: the newest state, once, and only if it is another.
import EventLoop
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct LiveRoutesTests {
  @Test(arguments: [true, false])
  func `a page is told at once, and again when it changes`(withRedis: Bool) async throws {
    var settings = ReadRoutesUnderTest.Settings()
    settings.rankings.interval = .milliseconds(10)
    try await ReadRoutesUnderTest.running(withRedis: withRedis, settings) { worker in
      try await worker.award(30, to: "ada")
      let stream = try await worker.listen("/points/leaderboard/stream?limit=3&perSecond=20")
      let first = try await stream.next()
      #expect(first.name == "board" && first.leader == "ada" && first["members"] == "1")
      #expect(stream.opening == "retry: 1000\n\n")
      try await worker.award(40, to: "bob")
      let second = try await stream.next()
      #expect(second.leader == "bob" && second["members"] == "2" && second.id != first.id)
      stream.leave()
      await stream.end()
      #expect(worker.live.counters.listeners == 0)
    }
  }

  @Test func `what changes elsewhere on the board is no news`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      for (user, amount) in [("ada", 30), ("bob", 20), ("cy", 10)] {
        try await worker.award(Int64(amount), to: user)
      }
      let page = try await worker.listen("/points/leaderboard/stream?limit=1&perSecond=20")
      let rank = try await worker.listen("/points/leaderboard/rank/stream?userId=cy&perSecond=20")
      _ = try await page.next()
      #expect(try await rank.next()["rank"] == "3")
      try await worker.award(15, to: "cy")
      let risen = try await rank.next()
      #expect(risen["rank"] == "2" && risen["missing"] == "5")
      try await worker.award(15, to: "ada")
      // Of what was in between the page heard nothing: the state after it comes first.
      let next = try await page.next()
      #expect(next.leader == "ada" && next.first("score") == "45")
      for stream in [page, rank] { stream.leave() }
    }
  }

  @Test func `who is on no board hears so, and hears when that changes`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      let rank = try await worker.listen("/points/leaderboard/rank/stream?userId=ada&perSecond=20")
      let absent = try await rank.next()
      #expect(absent.name == "unranked" && absent["code"] == "not_ranked")
      try await worker.award(1, to: "ada")
      let there = try await rank.next()
      #expect(there.name == "board" && there["rank"] == "1")
      rank.leave()
      let around = try await worker.listen("/points/leaderboard/around/stream?score=5&count=3&perSecond=20")
      #expect(try await around.next().leader == "ada")
      around.leave()
    }
  }

  @Test func `a listener who comes back with what he had is told only what is different`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      try await worker.award(1, to: "ada")
      let target = "/points/leaderboard/stream?perSecond=20"
      let first = try await worker.listen(target)
      let known = try await first.next()
      first.leave()
      await first.end()
      let again = try await worker.listen(target, "Last-Event-ID: \(known.id)")
      let other = try await worker.listen(target, "Last-Event-ID: 0123456789abcdef")
      #expect(try await other.next().id == known.id)
      try await worker.award(2, to: "bob")
      // The state that both had is not told again: the next thing that this one hears is another.
      #expect(try await again.next().leader == "bob")
      for stream in [again, other] { stream.leave() }
    }
  }

  @Test func `many listeners cost one question a turn, and many ranks one look`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      for index in 0..<50 { try await worker.award(Int64(index + 1), to: "user\(index)") }
      let begin = worker.loop.now
      var pages: [StreamUnderTest] = []
      for _ in 0..<100 {
        pages.append(try await worker.listen("/points/leaderboard/stream?limit=5&perSecond=20"))
      }
      for page in pages { _ = try await page.next() }
      #expect(worker.live.counters.listeners == 100 && worker.live.counters.events == 100)
      // Turns are 50 ms apart; how many of them a hundred listeners take to come is the machine's affair.
      let turns = Int(worker.loop.now.nanoseconds(since: begin) / 50_000_000)
      #expect(worker.live.counters.questions <= min(turns + 3, 99))
      var ranks: [StreamUnderTest] = []
      for index in 0..<50 {
        let target = "/points/leaderboard/rank/stream?perSecond=20&userId=user\(index)"
        ranks.append(try await worker.listen(target))
      }
      for rank in ranks { _ = try await rank.next() }
      let before = worker.live.counters.questions
      // Twenty turns in which nothing happens: a look each, and the settling of the position.
      for _ in 0..<20 { try await worker.loop.sleep(for: .milliseconds(50)) }
      #expect(worker.live.counters.questions - before < 200, "nobody's rank is asked while nothing changes")
      try await worker.award(1000, to: "user0")
      #expect(try await ranks[0].next()["rank"] == "1")
      #expect(try await pages[99].next().leader == "user0")
      for stream in pages + ranks { stream.leave() }
      for stream in pages + ranks { await stream.end() }
      #expect(worker.live.counters.listeners == 0)
    }
  }

  @Test func `nobody is told more often than he asked for`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      let stream = try await worker.listen("/points/leaderboard/stream?perSecond=4")
      _ = try await stream.next()
      let begin = ContinuousClock.now
      let posting = worker.loop.spawn {
        for index in 0..<1000 where !Task.isCancelled {
          _ = try? await worker.award(1, to: "user\(index)")
        }
      }
      for _ in 0..<4 { _ = try await stream.next() }
      #expect(ContinuousClock.now - begin > .milliseconds(700))
      posting.cancel()
      await posting.value
      stream.leave()
    }
  }

  @Test func `there is room for so many, half of them for one service, and none while the service goes`()
    async throws
  {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      let (target, most) = ("/points/leaderboard/stream", ReadRoutesUnderTest.listenersMax)
      var streams: [StreamUnderTest] = []
      for _ in 0..<(most / 2) { streams.append(try await worker.listen(target)) }
      let share = try await worker.get(target, as: .reader)
      #expect(share.problem == "503 overloaded" && share["detail"]?.contains("half") == true)
      for _ in 0..<(most / 2) { streams.append(try await worker.listen(target, as: .service)) }
      let full = try await worker.get(target, as: .admin)
      #expect(full.problem == "503 overloaded" && full["detail"]?.contains("half") == false)
      streams.removeFirst().leave()
      while worker.live.counters.listeners == most { try await worker.loop.sleep(for: .milliseconds(1)) }
      streams.append(try await worker.listen(target))
      worker.live.end()
      for stream in streams { await stream.end() }
      #expect(worker.live.counters.listeners == 0)
      #expect(try await worker.get(target, as: .reader).problem == "503 overloaded")
    }
  }

  @Test func `a stream ends after as many events as were asked for`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      try await worker.award(1, to: "ada")
      let stream = try await worker.listen("/points/leaderboard/stream?perSecond=20&events=2")
      _ = try await stream.next()
      #expect(!stream.hasEnded)
      try await worker.award(2, to: "bob")
      _ = try await stream.next()
      await stream.end()
      #expect(worker.live.counters.listeners == 0)
    }
  }

  @Test(
    arguments: [
      "stream?perSecond=0", "stream?events=0", "stream?perSecond=21", "stream?limit=0",
      "stream?limit=101&events=1",
      "stream?userId=ada", "stream?limit=3&limit=3", "around/stream?score=1&count=101&events=1",
    ])
  func `a question that cannot be is refused before anything is streamed`(target: String) async throws {
    try await ReadRoutesUnderTest.running { worker in
      let answer = try await worker.get("/points/leaderboard/\(target)", as: .reader)
      #expect(answer.problem == "400 validation_failed")
    }
  }
}
