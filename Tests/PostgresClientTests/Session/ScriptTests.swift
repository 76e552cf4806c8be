// Scripts of many statements, and the way back to pipelining.
import EventLoop
import PostgresClient
import Testing

@Suite struct ScriptTests {
  @Test func `a script runs whole, and the session goes on`() async throws {
    try await withSession { session in
      try await session.run(
        script: script("CREATE TEMPORARY TABLE scripted (n int); INSERT INTO scripted VALUES (1); SELECT 1;"))
      try await session.run(script: script("DROP TABLE scripted"))
      let answer = try await session.first(AskNumber(number: 3))
      #expect(answer == 3)
    }
  }

  @Test func `an error undoes what stood before it, and the session goes on`() async throws {
    try await withSession { session in
      let error = await postgresError { () async throws(PostgresError) in
        try await session.run(script: script("CREATE TEMPORARY TABLE scripted (); SELECT 1 / 0; SELECT 2;"))
      }
      #expect(error?.state == .divisionByZero)
      let gone = await postgresError { () async throws(PostgresError) in
        try await session.run(script: script("DROP TABLE scripted"))
      }
      #expect(gone?.state == .undefinedTable)
      let answer = try await session.first(AskNumber(number: 3))
      #expect(answer == 3)
    }
  }

  @Test func `in a transaction a script is rolled back with it`() async throws {
    try await withSession { session in
      let error = await postgresError { () async throws(PostgresError) in
        try await session.transaction { transaction throws(PostgresError) in
          try await transaction.run(script: script("CREATE TEMPORARY TABLE scripted (); SELECT 1;"))
          throw .abandoned(reason: "enough")
        }
      }
      #expect(error == .abandoned(reason: "enough"))
      let gone = await postgresError { () async throws(PostgresError) in
        try await session.run(script: script("DROP TABLE scripted"))
      }
      #expect(gone?.state == .undefinedTable)
    }
  }

  @Test func `a script that outlasts its limit closes the session`() async throws {
    try await withSession { session in
      let error = await postgresError { () async throws(PostgresError) in
        try await session.run(script: script("SELECT 1; SELECT pg_sleep(4)"), within: .milliseconds(100))
      }
      #expect(error == .timedOut)
      #expect(!session.isReady)
    }
  }

  @Test func `a script that wants rows from us closes the session`() async throws {
    try await withSession { session in
      let error = await postgresError { () async throws(PostgresError) in
        try await session.run(script: script("CREATE TEMPORARY TABLE fed (n int); COPY fed FROM STDIN"))
      }
      guard case .connectionLost = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(!session.isReady)
    }
  }

  @Test func `role, settings and admission hold for every session`() async throws {
    try await withSession({
      $0.role = "pg_monitor"
      $0.settings = [("my.text", "with blanks \\ and more"), ("enable_seqscan", "off")]
    }) { session in
      let text = try await session.first(Setting(name: "my.text"))
      #expect(text == "with blanks \\ and more")
      let role = try await session.first(Setting(name: "role"))
      #expect(role == "pg_monitor")
      let scans = try await session.first(Setting(name: "enable_seqscan"))
      #expect(scans == "off")
    }
    let refused = await postgresError { () async throws(PostgresError) in
      do {
        _ = try await withSession({
          $0.admission = { _ throws(PostgresError) in throw .unsuitable(reason: "not today") }
        }) { _ in
          Issue.record("a session was lent that was not admitted")
        }
      } catch {
        throw error as? PostgresError ?? .closed
      }
    }
    #expect(refused == .unsuitable(reason: "not today"))
  }
}

private func script(_ text: String) -> PostgresSQL {
  PostgresSQL("script", Array(text.utf8))
}
