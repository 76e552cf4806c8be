// A pool against a real server: sharing, lending, waiting, and sessions that die under it.
import EventLoop
import PostgresClient
import TestSupport
import Testing

@Suite struct PoolTests {
  @Test func `statements of many callers share sessions, and each gets its own answer`() async throws {
    let options = try TestDatabase.options(application: "pool sharing")
    let (wrong, statistics) = try await withPool(options) { pool, _ in
      _ = try await pool.first(AskNumber(number: 0))
      let wrong = await askNumbers(0..<1000, pool) { number, answer in answer != .success(number) }
      return (wrong, pool.statistics)
    }
    #expect(wrong == 0)
    #expect(statistics.statements >= 1001)
    #expect(statistics.roundTrips < 200)
  }

  @Test func `during random kills nobody is given another's answer`() async throws {
    let options = try TestDatabase.options(application: "pool victims")
    let killerOptions = try TestDatabase.options(application: "pool killer")
    let result = try await withPool(options) { pool, loop in
      let killer = try await PostgresSession.connect(killerOptions, on: loop)
      defer { killer.close() }
      let killing = OneShot<Void>()
      let stopped = Flag()
      loop.spawn {
        while !stopped.isSet {
          _ = try? await killer.first(TerminateOne(application: "pool victims"))
          try? await loop.sleep(for: .milliseconds(3))
        }
        killing.fulfil(())
      }
      var wrong = 0
      var answered = 0
      for round in 0..<20 {
        let first = Int64(round) * 1000
        let outcomes = Outcomes()
        wrong += await askNumbers(first..<(first + 1000), pool) { number, answer in
          guard case .success(let value) = answer else { return false }
          outcomes.answered += 1
          return value != number
        }
        answered += outcomes.answered
      }
      stopped.isSet = true
      await killing.value()
      // Service resumes without a restart.
      var last: Int64?
      while last == nil {
        last = try? await pool.first(AskNumber(number: 77))
        try? await loop.sleep(for: .milliseconds(1))
      }
      return (wrong: wrong, answered: answered, last: last, losses: pool.statistics.losses)
    }
    #expect(result.wrong == 0)
    #expect(result.answered > 0)
    #expect(result.last == 77)
    #expect(result.losses > 0)
  }

  @Test func `a lease has its session alone while statements go on elsewhere`() async throws {
    let options = try TestDatabase.options(application: "pool leases")
    var poolOptions = PostgresPoolOptions()
    poolOptions.sessionsMax = 2
    try await withPool(options, poolOptions) { pool, _ in
      try await pool.withSession { session throws(PostgresError) in
        let own = try await session.first(BackendPID())
        let other = try await pool.first(BackendPID())
        #expect(own != nil)
        #expect(own != other)
      }
    }
  }

  @Test func `with one session a transaction gets its turn in a stream of statements`() async throws {
    let options = try TestDatabase.options(application: "pool of one")
    var poolOptions = PostgresPoolOptions()
    poolOptions.sessionsMax = 1
    let turn = try await withPool(options, poolOptions) { pool, loop in
      let stopped = Flag()
      defer { stopped.isSet = true }
      for _ in 0..<8 {
        loop.spawn {
          while !stopped.isSet {
            let answer = try? await pool.first(AskNumber(number: 1))
            // A refusal comes at once: without a pause nobody else would have a turn.
            if answer == nil, !stopped.isSet { try? await loop.sleep(for: .milliseconds(1)) }
          }
        }
      }
      let answer = try await pool.transaction { transaction throws(PostgresError) in
        try await transaction.first(AskNumber(number: 2))
      }
      return answer
    }
    #expect(turn == 2)
  }

  @Test func `a session that is given back with an open transaction is not lent again`() async throws {
    struct Begin: PostgresStatement {
      static let sql = PostgresSQL("test_begin", Array("BEGIN".utf8))
    }
    let options = try TestDatabase.options(application: "pool hygiene")
    var poolOptions = PostgresPoolOptions()
    poolOptions.sessionsMax = 1
    let (first, second) = try await withPool(options, poolOptions) { pool, _ in
      let first = try await pool.withSession { session throws(PostgresError) in
        try await session.execute(Begin())
        return try await session.first(BackendPID())
      }
      return (first, try await pool.first(BackendPID()))
    }
    #expect(first != nil && second != nil)
    #expect(first != second)
  }

  @Test func `who waits too long for a session hears that none became free`() async throws {
    let options = try TestDatabase.options(application: "pool waiting")
    var poolOptions = PostgresPoolOptions()
    poolOptions.sessionsMax = 1
    poolOptions.waitTimeout = .milliseconds(30)
    poolOptions.waitersMax = 1
    try await withPool(options, poolOptions) { pool, loop in
      // The first connection may take longer than anybody waits here; who is refused at once must not spin.
      while (try? await pool.first(AskNumber(number: 0))) == nil {
        try? await loop.sleep(for: .milliseconds(1))
      }
      try await pool.withSession { _ throws(PostgresError) in
        let waiting = OneShot<PostgresError?>()
        loop.spawn {
          waiting.fulfil(
            await postgresError { () async throws(PostgresError) in
              _ = try await pool.query(AskNumber(number: 1))
            })
        }
        let refused = await postgresError { () async throws(PostgresError) in
          _ = try await pool.query(AskNumber(number: 2))
        }
        let waited = await waiting.value()
        #expect(refused == .queueFull)
        #expect(waited == .poolExhausted)
      }
    }
  }

  @Test func `a database that cannot be reached is refused at once, with the reason`() async throws {
    let options = try TestDatabase.options(
      "postgres://nobody@127.0.0.1:1/nothing", application: "pool outage")
    let (first, second, health) = try await withPool(options) { pool, _ in
      var errors: [PostgresError?] = []
      for _ in 0..<2 {
        errors.append(
          await postgresError { () async throws(PostgresError) in
            _ = try await pool.query(AskNumber(number: 1))
          })
      }
      return (errors[0], errors[1], pool.health)
    }
    guard case .connectionFailed(let reason) = first else {
      Issue.record("expected connectionFailed, got \(String(describing: first))")
      return
    }
    #expect(reason.contains("refused"))
    #expect(second == first)
    #expect(health == .notReady("no connection to Postgres: \(reason)"))
  }

  @Test func `a closed pool takes nothing and ends`() async throws {
    let options = try TestDatabase.options(application: "pool closing")
    let error = try await onNewLoop { loop in
      let pool = PostgresPool(options, on: loop)
      let ended = OneShot<Void>()
      loop.spawn {
        await pool.run()
        ended.fulfil(())
      }
      _ = try await pool.first(AskNumber(number: 1))
      await pool.close(within: .seconds(1))
      await ended.value()
      return await postgresError { () async throws(PostgresError) in
        _ = try await pool.query(AskNumber(number: 1))
      }
    }
    #expect(error == .closed)
  }

  @Test func `a pool that is closed twice ends once, for both`() async throws {
    let options = try TestDatabase.options(application: "pool closed twice")
    let (during, after) = try await onNewLoop { loop in
      let pool = PostgresPool(options, on: loop)
      loop.spawn { await pool.run() }
      let ends = Ends()
      let during = try await pool.withSession { _ throws(PostgresError) in
        // Both wait for this session.
        for _ in 0..<2 {
          loop.spawn {
            await pool.close(within: .seconds(30))
            ends.count += 1
            if ends.count == 2 { ends.both.fulfil(()) }
          }
        }
        return ends.count
      }
      await ends.both.value()
      await pool.close(within: .seconds(30))
      return (during, ends.count)
    }
    #expect(during == 0)
    #expect(after == 2)
  }
}

/// How many calls of `close` have returned; used on one loop.
private final class Ends: @unchecked Sendable {
  var count = 0
  let both = OneShot<Void>()
}

/// Asks each number in a task of its own; counts the answers that the judge finds wrong.
func askNumbers(
  _ numbers: Range<Int64>, _ pool: PostgresPool,
  isWrong: @escaping @Sendable (Int64, Result<Int64?, PostgresError>) -> Bool
) async -> Int {
  await withTaskGroup(of: Bool.self) { group in
    for number in numbers {
      group.addTask {
        do throws(PostgresError) {
          return isWrong(number, .success(try await pool.first(AskNumber(number: number))))
        } catch {
          return isWrong(number, .failure(error))
        }
      }
    }
    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
  }
}

/// Touched on one loop only.
final class Flag: @unchecked Sendable {
  var isSet = false
}

final class Outcomes: @unchecked Sendable {
  var answered = 0
  var errors: [PostgresError] = []
}
