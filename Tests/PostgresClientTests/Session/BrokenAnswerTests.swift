// Answers that end in the middle, and servers that answer something else than was asked.
import EventLoop
import PostgresClient
import TestSupport
import Testing

@Suite struct BrokenAnswerTests {
  private static let answer =
    ScriptedServer.parsed + ScriptedServer.bound + ScriptedServer.described + ScriptedServer.row(7)
    + ScriptedServer.completed + ScriptedServer.ready

  /// Asks for a number twice; the first answer is complete.
  private func outcome(ofSecondAnswer reply: [UInt8], shared: Bool) async throws -> Result<
    [Int64], PostgresError
  > {
    let server = ScriptedServer(replies: [Self.answer, reply])
    let options = try PostgresConnectionOptions(parsing: server.url)
    return try await onNewLoop { loop in
      let served = OneShot<Void>()
      loop.spawn {
        _ = try? await loop.offload { server.serve() }
        served.fulfil(())
      }
      let session = try await PostgresSession.connect(options, on: loop)
      defer { session.close() }
      let first =
        shared
        ? try await session.query(AskNumber(number: 7)) : try await session.query(AskNumberAlone(number: 7))
      #expect(first == [7])
      let outcome: Result<[Int64], PostgresError>
      do throws(PostgresError) {
        outcome = .success(
          shared
            ? try await session.query(AskNumber(number: 8))
            : try await session.query(AskNumberAlone(number: 8)))
      } catch {
        outcome = .failure(error)
      }
      await served.value()
      return outcome
    }
  }

  /// libpq hands out the half-received result of a connection
  /// that broke as if it were a success without rows.
  @Test(arguments: [true, false], 0...5)
  func `an answer that ends in the middle is a lost connection, not an empty answer`(
    shared: Bool, parts: Int
  ) async throws {
    let all = [
      ScriptedServer.bound, ScriptedServer.described, ScriptedServer.row(8),
      Array(ScriptedServer.completed.prefix(3)),
      Array(ScriptedServer.completed.dropFirst(3)),
    ]
    let reply = all.prefix(parts).flatMap(\.self)
    let outcome = try await outcome(ofSecondAnswer: reply, shared: shared)
    switch outcome {
    case .success(let numbers):
      // A read-only statement is answered before its sync; everything else waits for it.
      #expect(shared && parts == 5)
      #expect(numbers == [8])
    case .failure(let error):
      guard case .connectionLost = error else {
        Issue.record("expected connectionLost, got \(error)")
        return
      }
      #expect(!shared || parts < 5)
    }
  }

  /// When sending fails (the number of late questions decides when), libpq reads what is left, drops its own
  /// queue of commands together with the connection, and then takes the next description of rows for a whole
  /// answer: a success without rows.
  @Test(arguments: 0...4)
  func `what libpq still hands out of a connection it has dropped is not believed`(late: Int) async throws {
    let answer = ScriptedServer.bound + ScriptedServer.described + ScriptedServer.row(8)
    let server = ScriptedServer(replies: [
      Self.answer, answer + ScriptedServer.completed + ScriptedServer.ready,
    ])
    let options = try PostgresConnectionOptions(parsing: server.url)
    try await onNewLoop { loop in
      loop.spawn { _ = try? await loop.offload { server.serve() } }
      let session = try await PostgresSession.connect(options, on: loop)
      defer { session.close() }
      _ = try await session.query(AskNumber(number: 7))
      let heard = OneShot<Result<[Int64], PostgresError>>()
      loop.spawn {
        do throws(PostgresError) {
          heard.fulfil(.success(try await session.query(AskNumber(number: 8))))
        } catch {
          heard.fulfil(.failure(error))
        }
      }
      // The question leaves now; the answer is not read before the next turn.
      session.flush()
      server.waitUntilHungUp()
      for _ in 0..<late { loop.spawn { _ = try? await session.query(AskNumberAlone(number: 9)) } }
      let outcome = await heard.value()
      #expect(outcome == .success([8]) || (try? outcome.get()) == nil, "an answer that nobody gave")
    }
  }

  @Test(arguments: [true, false]) func `a server that begins a COPY unasked is not listened to any more`(
    shared: Bool
  ) async throws {
    let copy = ScriptedServer.bound + ScriptedServer.message("H", [0, 0, 0]) + ScriptedServer.ready
    let outcome = try await outcome(ofSecondAnswer: copy, shared: shared)
    guard case .failure(.connectionLost) = outcome else {
      Issue.record("expected connectionLost, got \(outcome)")
      return
    }
  }

  @Test func `what an idle session is sent unasked is taken at once and answers nobody`() async throws {
    let notice = ScriptedServer.message("N", Array("SNOTICE\0VNOTICE\0C00000\0Mhello\0\0".utf8))
    let stray = ScriptedServer.message("C", Array("SELECT 1".utf8) + [0])
    let second =
      ScriptedServer.bound + ScriptedServer.described + ScriptedServer.row(8) + ScriptedServer.completed
      + ScriptedServer.ready
    let server = ScriptedServer(replies: [Self.answer + stray + notice, second])
    let options = try PostgresConnectionOptions(parsing: server.url)
    try await onNewLoop { loop in
      let served = OneShot<Void>()
      loop.spawn {
        _ = try? await loop.offload { server.serve() }
        served.fulfil(())
      }
      let session = try await PostgresSession.connect(options, on: loop)
      defer { session.close() }
      let first = try await session.query(AskNumber(number: 7))
      #expect(first == [7])
      #expect(session.notices.last == "NOTICE:  hello")
      let answer = try await session.query(AskNumber(number: 8))
      #expect(answer == [8])
      await served.value()
    }
  }

  @Test func `a session whose answer came before the sync of its group is lent again`() async throws {
    let early =
      ScriptedServer.bound + ScriptedServer.described + ScriptedServer.row(8) + ScriptedServer.completed
    let server = ScriptedServer(replies: [Self.answer, early, ScriptedServer.ready + ScriptedServer.ready])
    let options = try PostgresConnectionOptions(parsing: server.url)
    var poolOptions = PostgresPoolOptions()
    poolOptions.sessionsMax = 1
    let statistics = try await withPool(options, poolOptions) { pool, loop in
      let served = OneShot<Void>()
      loop.spawn {
        _ = try? await loop.offload { server.serve() }
        served.fulfil(())
      }
      let answer = try await pool.withSession { session throws(PostgresError) in
        _ = try await session.query(AskNumber(number: 7))
        return try await session.query(AskNumber(number: 8))
      }
      #expect(answer == [8])
      let statistics = pool.statistics
      await served.value()
      return statistics
    }
    #expect(statistics.sessions == 1 && statistics.answersInFlight == 0 && statistics.losses == 0)
  }

  @Test func `a server that is too old is refused by its version`() async throws {
    let server = ScriptedServer(version: "13.14", replies: [])
    let options = try PostgresConnectionOptions(parsing: server.url)
    let error = try await onNewLoop { loop in
      let served = OneShot<Void>()
      loop.spawn {
        _ = try? await loop.offload { server.serve() }
        served.fulfil(())
      }
      let error = await postgresError { () async throws(PostgresError) in
        try await PostgresSession.connect(options, on: loop).close()
      }
      await served.value()
      return error
    }
    #expect(error == .unsupportedServer(version: 130_014))
  }
}
