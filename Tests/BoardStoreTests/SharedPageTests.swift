// Who asks for the same page in the same turn shares an answer, and nobody gets one older than his question.
import BoardStore
import Boards
import EmbeddedServers
import EventLoop
import Ledger
import RedisClient
import Synchronization
import TestSupport
import Testing

@Suite struct SharedPageTests {
  private final class Answers: @unchecked Sendable {
    var pages: [MirrorAnswer<BoardPage>] = []
    let all = OneShot<Void>()
  }

  @Test func `the same page is read once for all who ask in one turn`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put((0..<50).map { World.account("\($0)", $0) })
      let before = store.redis.counters.commands
      let answers = Answers()
      for task in 0..<100 {
        store.redis.loop.spawn {
          let offset = Int64(task % 2)
          answers.pages.append(await store.page(of: World.gold, .balance, offset: offset, limit: 10))
          if answers.pages.count == 100 { answers.all.fulfil(()) }
        }
      }
      await answers.all.value()
      #expect(store.redis.counters.commands == before + 2)
      #expect(answers.pages.count { $0.value?.offset == 0 && $0.value?.rows.first?.score == 49 } == 50)
      #expect(answers.pages.count { $0.value?.offset == 1 && $0.value?.rows.first?.score == 48 } == 50)
    }
  }

  /// How far two workers have come that wait for each other.
  private final class Progress: Sendable {
    let step = Atomic(0)

    var value: Int { step.load(ordering: .acquiring) }
    func reach(_ value: Int) { step.store(value, ordering: .releasing) }
  }

  @Test func `a page asked for after another worker's send is not the answer to an earlier question`()
    async throws
  {
    var options = EmbeddedOptions.forTests
    options.includesPostgres = false
    let server = try EmbeddedServers.start(options)
    try await withStore(on: server) { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let progress = Progress()
      // If one of them fails the other goes on.
      let limit = ContinuousClock.now + .seconds(20)
      let other = Task.detached {
        try await withStore(on: server) { other in
          progress.reach(1)
          while progress.value < 2, ContinuousClock.now < limit {
            try? await other.redis.loop.sleep(for: .milliseconds(1))
          }
          await other.put([World.account("u", 2, revision: 2)])
          progress.reach(3)
        }
      }
      while progress.value < 1, ContinuousClock.now < limit {
        try? await store.redis.loop.sleep(for: .milliseconds(1))
      }
      #expect(progress.value == 1)
      let flushes = store.redis.counters.flushes
      let early = store.redis.loop.spawn {
        _ = await store.page(of: World.gold, .balance, offset: 0, limit: 1)
      }
      while store.redis.counters.flushes == flushes, ContinuousClock.now < limit { await Task.yield() }
      #expect(store.redis.counters.flushes > flushes)
      // The first question has left. Its answer cannot be taken in while this thread is held.
      progress.reach(2)
      let isSent = Eventually.holds(within: .seconds(10)) { progress.value == 3 }
      #expect(isSent)
      let late = await store.page(of: World.gold, .balance, offset: 0, limit: 1)
      #expect(late.value?.rows.first?.score == 2)
      await early.value
      try await other.value
    }
    server.stop()
  }

  @Test func `pages out of all bounds are empty or cut, and never an error`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put((0..<1_200).map { World.account("\($0)", $0) })
      for (offset, limit, rows) in [
        (Int64(-5), Int64(2), 2), (0, 0, 0), (0, -1, 0), (0, .max, 1_000), (.max, .max, 0), (1_199, 5, 1),
      ] {
        let page = await store.page(of: World.gold, .earned, offset: offset, limit: limit)
        #expect(page.value?.rows.count == rows)
        #expect(page.value?.members == 1_200)
        #expect(page.value?.offset == max(0, offset))
      }
      let around = await store.around(of: World.gold, .earned, user: UserID(stored: "7"), count: 0)
      #expect(around.value??.rows.map(\.score) == [7])
      let whole = await store.around(of: World.gold, .earned, score: 7, count: .max)
      #expect(whole.value?.rows.count == 1_000)
    }
  }
}
