// That listening ends when the key does, and what finding that out costs.
import EventLoop
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@testable import API
@testable import HTTPServer

@Suite struct ListenerAdmissionTests {
  @Test func `a revoked key hears nothing more of a board that changes all the time`() async throws {
    var settings = ReadRoutesUnderTest.Settings()
    settings.live.admission = .milliseconds(100)
    (settings.keys.refreshed, settings.keys.trusted) = (.milliseconds(10), .milliseconds(20))
    try await ReadRoutesUnderTest.running(withRedis: true, settings) { worker in
      let posting = worker.loop.spawn {
        for index in 0..<100_000 where !Task.isCancelled {
          _ = try? await worker.award(1, to: "user\(index % 10)")
        }
      }
      let revoked = try await worker.listen("/points/leaderboard/stream?perSecond=20")
      let other = try await worker.listen("/points/leaderboard/stream?perSecond=20", as: .service)
      for _ in 0..<5 { _ = try await revoked.next() }
      worker.revokeKey(of: .reader)
      #expect(await revoked.end(within: .seconds(30)), "the stream of a revoked key goes on")
      let heard = other.eventCount
      while other.eventCount < heard + 5, !other.hasEnded { _ = try await other.next() }
      #expect(!other.hasEnded, "the other key is as good as before")
      for stream in [revoked, other] { stream.leave() }
      posting.cancel()
      await posting.value
    }
  }

  @Test func `a revoked key is not even sent a heartbeat`() async throws {
    var settings = ReadRoutesUnderTest.Settings()
    (settings.live.admission, settings.live.silence) = (.milliseconds(10), .milliseconds(10))
    (settings.keys.refreshed, settings.keys.trusted) = (.milliseconds(1), .milliseconds(2))
    try await ReadRoutesUnderTest.running(withRedis: true, settings) { worker in
      let stream = try await worker.listen("/points/leaderboard/stream")
      _ = try await stream.next()
      let heartbeats = stream.heartbeats
      worker.revokeKey(of: .reader)
      #expect(await stream.end(within: .seconds(30)) && stream.heartbeats == heartbeats)
      stream.leave()
    }
  }

  @Test func `a thousand listeners with one key cost one question each time`() async throws {
    try await withAdmissions(1000) { admissions, desk, time in
      let begin = desk.questions
      #expect(await admissions.areAllGood() && desk.questions == begin, "they have just been let in")
      for round in 1...3 {
        await time.advance(by: .seconds(6))
        #expect(await admissions.areAllGood())
        #expect(desk.questions == begin + round)
      }
    }
  }

  @Test func `a listener is good for a minute while Postgres is silent, like anybody`() async throws {
    try await withAdmissions(1) { admissions, desk, time in
      desk.fail(with: .timedOut)
      await time.advance(by: .seconds(30))
      #expect(await admissions.areAllGood())
      await time.advance(by: .seconds(31))
      #expect(await !admissions.areAllGood())
    }
  }

  @Test func `a key that must not be asked about does not admit`() async throws {
    try await onNewLoop(clock: .manual(ManualClock())) { loop in
      let desk = KeyDesk()
      let key = APIKey()
      desk.issue(key)
      let authenticator = Authenticator(on: loop, strangersEachSecond: 0) { id throws(PostgresError) in
        try await desk.answer(id)
      }
      let gate = AccessGate(authenticator, rateLimiter: nil, on: loop)
      let admitted = await gate.stillAdmits(try .presenting(key), .reader)
      #expect(!admitted && desk.questions == 0)
    }
  }
}

/// The admissions of listeners who hold one key.
private final class Admissions: @unchecked Sendable {
  private var all: [ListenerAdmission]

  init(_ all: [ListenerAdmission]) { self.all = all }

  func areAllGood() async -> Bool {
    for index in all.indices {
      var admission = all[index]
      guard await admission.holds() else { return false }
      all[index] = admission
    }
    return true
  }
}

private func withAdmissions(
  _ count: Int, _ body: @escaping @Sendable (Admissions, KeyDesk, ManualTime) async throws -> Void
) async throws {
  let clock = ManualClock()
  try await onNewLoop(clock: .manual(clock)) { loop in
    let desk = KeyDesk()
    let key = APIKey()
    desk.issue(key, to: "game", .reader)
    let authenticator = Authenticator(on: loop) { id throws(PostgresError) in try await desk.answer(id) }
    let gate = AccessGate(authenticator, rateLimiter: nil, on: loop)
    let exchange = try HTTPExchange.presenting(key)
    #expect(await gate.stillAdmits(exchange, .reader))
    let all = (0..<count).map { _ in
      ListenerAdmission(exchange, by: gate, every: .seconds(5), on: loop)
    }
    try await body(Admissions(all), desk, ManualTime(clock: clock, loop: loop))
  }
}
