// Servers that die, stop or lie about. Each test has a server of its own to mistreat.
import EmbeddedServers
import EventLoop
import Foundation
import TestSupport
import Testing

@testable import PostgresClient

@Suite(.serialized) struct FaultTests {
  /// In nanoseconds: less than any wait for a server would be, and more than a busy machine stands still.
  private static let lagMax: Int64 = 4_000_000_000

  @Test func `the server cancels a statement that takes too long, and the session lives`() async throws {
    let error = try await withSession {
      $0.statementTimeout = .milliseconds(50)
      $0.answerMargin = .seconds(60)
    } _: { session in
      let error = await postgresError { () async throws(PostgresError) in
        _ = try await session.query(Sleep(seconds: 30))
      }
      // That time-out is this statement's, too: on a busy machine not the first one is in time.
      var answer: Int64?
      for _ in 0..<100 where answer == nil { answer = try? await session.first(AskNumber(number: 1)) }
      #expect(answer == 1)
      return error
    }
    #expect(error?.state == .queryCanceled)
  }

  @Test func `when the server does not cancel, the deadline closes the session for all who wait`()
    async throws
  {
    let errors = try await withSession {
      $0.statementTimeout = .milliseconds(30)
      $0.answerMargin = .milliseconds(30)
      // Ours are set first, the URL's own options win: the server knows of no time-out.
      $0.keywords.append(.init(name: "options", value: "-c statement_timeout=0"))
    } _: { session in
      let outcomes = Outcomes()
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<3 {
          group.addTask {
            let error = await postgresError { () async throws(PostgresError) in
              if number == 0 { _ = try await session.query(Sleep(seconds: 30)) }
              _ = try await session.query(AskNumber(number: 1))
            }
            if let error { outcomes.errors.append(error) }
          }
        }
      }
      #expect(!session.isReady)
      return outcomes.errors
    }
    #expect(errors == [.timedOut, .timedOut, .timedOut])
  }

  @Test func `a terminated session says why to the one whose statement it was`() async throws {
    let killer = try TestDatabase.options(application: "executioner")
    let errors = try await withSession {
      $0.applicationName = "condemned"
      $0.statementTimeout = .seconds(60)
    } _: { session in
      let outcomes = Outcomes()
      let killerSession = try await PostgresSession.connect(killer, on: session.loop)
      defer { killerSession.close() }
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<3 {
          group.addTask {
            let error = await postgresError { () async throws(PostgresError) in
              if number == 0 { _ = try await session.query(Sleep(seconds: 50)) }
              _ = try await session.query(AskNumberAlone(number: 1))
            }
            if let error { outcomes.errors.append(error) }
          }
        }
        group.addTask { _ = try? await killerSession.query(TerminateAll(application: "condemned")) }
      }
      return outcomes.errors
    }
    #expect(errors.count == 3)
    #expect(errors.count { $0.state == .adminShutdown } == 1)
    #expect(errors.count { $0.mayHaveTakenEffect } == 2)
  }

  @Test func `a stopped server lets nobody wait beyond the deadline, and is used again when it goes on`()
    async throws
  {
    let servers = try TestDatabase.start()
    defer { servers.stop() }
    var options = try TestDatabase.options(servers.postgres.connectionURL, application: "stopped")
    options.statementTimeout = .seconds(5)
    options.answerMargin = .seconds(1)
    options.connectTimeout = .seconds(6)
    let postgres = servers.postgres
    let (failures, waited, lag, health) = try await withPool(options) { pool, loop in
      _ = try await pool.first(AskNumber(number: 1))
      _ = try await loop.offload { postgres.pause() }
      let before = loop.now
      let lagBefore = LagProbe(loop)
      let failures = await askNumbers(0..<100, pool) { _, answer in
        if case .failure = answer { true } else { false }
      }
      let waited = loop.now.nanoseconds(since: before)
      _ = try? await loop.sleep(for: .milliseconds(500))
      let health = pool.health
      _ = try await loop.offload { postgres.resume() }
      try await waitForService(pool, loop)
      return (failures, waited, await lagBefore.stop(), health)
    }
    #expect(failures == 100)
    #expect(waited < 20_000_000_000)
    #expect(lag < Self.lagMax)
    guard case .notReady = health else {
      Issue.record("a stopped server was called ready")
      return
    }
  }

  @Test func `a killed server is found dead, and used again when it is back`() async throws {
    let servers = try TestDatabase.start()
    defer { servers.stop() }
    let options = try TestDatabase.options(servers.postgres.connectionURL, application: "killed")
    let postgres = servers.postgres
    let (failures, lag) = try await withPool(options) { pool, loop in
      _ = try await pool.first(AskNumber(number: 1))
      let probe = LagProbe(loop)
      let sleeping = OneShot<PostgresError?>()
      loop.spawn {
        sleeping.fulfil(
          await postgresError { () async throws(PostgresError) in
            _ = try await pool.query(Sleep(seconds: 50))
          })
      }
      _ = try await loop.offload { postgres.kill() }
      let error = await sleeping.value()
      #expect(error != nil)
      let failures = await askNumbers(0..<100, pool) { _, answer in
        if case .failure = answer { true } else { false }
      }
      let restarted = try await loop.offload { Result { try postgres.start() } }
      try restarted.get()
      try await waitForService(pool, loop)
      return (failures, await probe.stop())
    }
    #expect(failures == 100)
    #expect(lag < Self.lagMax)
  }

  @Test func `a stopped server cannot make closing wait`() async throws {
    let servers = try TestDatabase.start()
    defer { servers.stop() }
    let options = try TestDatabase.options(servers.postgres.connectionURL, application: "closing")
    let postgres = servers.postgres
    let turn = try await onNewLoop { loop in
      let session = try await PostgresSession.connect(options, on: loop)
      _ = try await loop.offload { postgres.pause() }
      let pending = OneShot<PostgresError?>()
      loop.spawn {
        pending.fulfil(
          await postgresError { () async throws(PostgresError) in
            _ = try await session.query(AskNumber(number: 1))
          })
      }
      let before = MonotonicInstant.system
      session.close()
      let spent = MonotonicInstant.system.nanoseconds(since: before)
      let error = await pending.value()
      #expect(error == .connectionLost(reason: "the session was closed"))
      _ = try await loop.offload { postgres.resume() }
      return spent
    }
    #expect(turn < 1_000_000_000)
  }
}

/// Asks until there is an answer. Bounded by the pool's own back-off, two seconds at most.
private func waitForService(_ pool: PostgresPool, _ loop: EventLoop) async throws {
  let deadline = loop.now + .seconds(15)
  while loop.now < deadline {
    if let answer = try? await pool.first(AskNumber(number: 5)) {
      #expect(answer == 5)
      return
    }
    try? await loop.sleep(for: .milliseconds(2))
  }
  Issue.record("service did not resume")
}

/// Measures how late a timer of two milliseconds rings at worst. The time that the thread was ready and had
/// no core is taken off: it is a busy machine's and not the loop's.
private final class LagProbe: @unchecked Sendable {
  private var isStopped = false
  private var worst: Int64 = 0
  private let ended = OneShot<Void>()

  init(_ loop: EventLoop) {
    loop.spawn { [self] in
      while !isStopped {
        let (before, waited) = (MonotonicInstant.system, Self.nanosecondsWithoutCore)
        try? await loop.sleep(for: .milliseconds(2))
        let late = MonotonicInstant.system.nanoseconds(since: before) - 2_000_000
        worst = max(worst, late - (Self.nanosecondsWithoutCore - waited))
      }
      ended.fulfil(())
    }
  }

  func stop() async -> Int64 {
    isStopped = true
    await ended.value()
    return worst
  }

  private static var nanosecondsWithoutCore: Int64 {
    let text = (try? String(contentsOfFile: "/proc/thread-self/schedstat", encoding: .utf8)) ?? ""
    return text.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0
  }
}
