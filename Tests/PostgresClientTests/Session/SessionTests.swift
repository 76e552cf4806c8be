// A session against a real server: values, errors, and statements prepared again.
import Foundation
import PostgresClient
import Testing

@Suite struct SessionTests {
  // MARK: Values

  @Test func `every type survives the way to the server and back`() async throws {
    let samples = [
      Scalars(),
      Scalars(
        bool: true, int2: .max, int4: .max, int8: .max, float8: .greatestFiniteMagnitude, text: "Grüße 🎲",
        bytea: PostgresBytes(Array(0...255)), uuid: PostgresUUID(high: .max, low: 1),
        timestamptz: .infinity, jsonb: PostgresJSON(text: Array("{\"a\": [1, null]}".utf8))),
      Scalars(
        bool: false, int2: .min, int4: .min, int8: .min, float8: -.infinity, text: "",
        bytea: PostgresBytes([]),
        uuid: PostgresUUID(high: 0, low: 0), timestamptz: .negativeInfinity,
        jsonb: PostgresJSON(text: Array("null".utf8))),
      Scalars(
        bool: true, int2: 0, int4: -1, int8: 1, float8: .leastNonzeroMagnitude,
        text: String(repeating: "x", count: 100_000), bytea: PostgresBytes([0]),
        timestamptz: PostgresTimestamp(unixMicroseconds: 1_700_000_000_123_456)),
    ]
    let answers = try await withSession { session in
      var answers: [Scalars?] = []
      for sample in samples { answers.append(try await session.first(EchoScalars(scalars: sample))) }
      return answers
    }
    #expect(answers == samples)
  }

  @Test func `arrays survive, with and without NULLs, empty and large`() async throws {
    let full = Arrays(
      bool: [true, nil, false], int2: [.min, .max], int4: [1, nil], int8: (0..<10_000).map { Int64($0) },
      float8: [0.5, nil], text: ["", nil, "ü"], bytea: [PostgresBytes([]), PostgresBytes([1])],
      uuid: [PostgresUUID(high: 1, low: 2)], timestamptz: [PostgresTimestamp(unixMicroseconds: 0), nil],
      jsonb: [PostgresJSON(text: Array("[1]".utf8)), nil])
    let answers = try await withSession { session in
      [
        try await session.first(EchoArrays(arrays: Arrays())),
        try await session.first(EchoArrays(arrays: full)),
      ]
    }
    #expect(answers == [Arrays(), full])
  }

  @Test func `rows go to the server as columns`() async throws {
    let legs = (1...1000).map { CountUnnested.Leg(amount: Int64($0), note: $0 % 2 == 0 ? "even" : nil) }
    let answer = try await withSession { try await $0.first(CountUnnested(legs: legs)) }
    #expect(answer == SumCopied.Row(count: 1000, sum: 500_500))
  }

  @Test(arguments: [0, 1, 1000])
  func `rows of a composite type survive, NULLs and arrays in them too`(count: Int) async throws {
    let rows = (0..<count).map { index in
      index % 3 == 0
        ? MixedRow(parts: nil)
        : MixedRow(
          id: PostgresUUID(high: UInt64(index), low: 7),
          place: PostgresRowPlace(page: UInt32(index), line: 2), note: index % 3 == 1 ? "" : "ü (a, \"b\")",
          amount: .max - Int64(index), parts: Array(repeating: -5, count: index % 4),
          at: PostgresTimestamp(unixMicroseconds: Int64(index)))
    }
    let answer = try await withSession { session in
      _ = try await session.query(CreateMixedRow())
      return try await session.query(EchoMixedRows(rows: rows))
    }
    #expect(answer == rows)
  }

  @Test func `an instant before Postgres's range is refused by the server and no infinity`() async throws {
    let error = try await withSession { session in
      let early = PostgresTimestamp(unixMicroseconds: .min + 1)
      return await postgresError { () async throws(PostgresError) in
        _ = try await session.first(EchoScalars(scalars: Scalars(timestamptz: early)))
      }
    }
    #expect(error?.state == SQLState(rawValue: "22008"))
  }

  // MARK: Errors

  @Test func `an error carries its code, and the session goes on`() async throws {
    try await withSession { session in
      let error = await postgresError { () async throws(PostgresError) in
        _ = try await session.query(Divide(divisor: 0))
      }
      #expect(error?.state == .divisionByZero)
      let answer = try await session.first(Divide(divisor: 4))
      #expect(answer == 25)
    }
  }

  @Test func `a statement that cannot be prepared says so each time`() async throws {
    try await withSession { session in
      for _ in 0..<2 {
        let error = await postgresError { () async throws(PostgresError) in
          try await session.execute(Misspelt())
        }
        #expect(error?.state == .syntaxError)
      }
    }
  }

  @Test func `a failing statement does not disturb its neighbours in the pipeline`() async throws {
    try await withSession { session in
      _ = try await session.first(DivideShared(divisor: 1))
      _ = try await session.first(AskNumber(number: 1))
      let sharedBefore = session.statistics.roundTrips
      let outcomes = await withTaskGroup(of: (Int, Result<Int64, PostgresError>).self) { group in
        for number in 0..<50 {
          group.addTask {
            do throws(PostgresError) {
              if number % 10 == 3 {
                let quotient = try await session.first(DivideShared(divisor: number == 33 ? 5 : 0))
                return (number, .success(Int64(quotient ?? -1)))
              }
              return (number, .success(try await session.first(AskNumber(number: Int64(number))) ?? -1))
            } catch {
              return (number, .failure(error))
            }
          }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      for number in 0..<50 {
        let outcome = outcomes[number]
        if number == 33 {
          #expect(outcome == .success(20))
        } else if number % 10 == 3 {
          guard case .failure(let error) = outcome else {
            Issue.record("\(number) divided by zero and got an answer")
            continue
          }
          #expect(error.state == .divisionByZero)
        } else {
          #expect(outcome == .success(Int64(number)))
        }
      }
      #expect(session.statistics.roundTrips > sharedBefore)
    }
  }

  @Test func `read-only statements of one turn share a round trip`() async throws {
    try await withSession { session in
      _ = try await session.first(AskNumber(number: 1))
      let before = session.statistics.roundTrips
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<Int64(50) {
          group.addTask { _ = try? await session.first(AskNumber(number: number)) }
        }
      }
      let after = session.statistics.roundTrips
      #expect(after == before + 1)
    }
  }

  @Test func `a row of another type is an error, not a guess`() async throws {
    struct Wrong: PostgresStatement {
      static let sql = AskNumber.sql
      func bind(to parameters: inout PostgresParameters) { parameters.append(Int64(1)) }
      static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> String {
        try row.value(0)
      }
    }
    let error = try await withSession { session in
      await postgresError { () async throws(PostgresError) in _ = try await session.query(Wrong()) }
    }
    #expect(error == .decoding(PostgresDecodingError(column: 0, failure: .wrongType(.int8))))
  }

  // MARK: Prepared statements

  @Test func `a server that forgot its prepared statements is told again`() async throws {
    try await withSession { session in
      _ = try await session.first(AskNumber(number: 1))
      _ = try await session.first(AskNumberAlone(number: 1))
      try await session.execute(DeallocateAll())
      let shared = try await session.first(AskNumber(number: 2))
      #expect(shared == 2)
      try await session.execute(DeallocateAll())
      let (alone, other) = try await session.pipeline(AskNumberAlone(number: 3), AskNumber(number: 4))
      #expect(alone == [3])
      #expect(other == [4])
    }
  }

  @Test func `a table that changed its shape is described anew`() async throws {
    try await withSession { session in
      try await session.execute(CreateShape())
      try await session.execute(InsertShape())
      let narrow = try await session.first(SelectShape())
      try await session.execute(WidenShape())
      let wide = try await session.first(SelectShape())
      #expect(narrow == 1)
      #expect(wide == 2)
    }
  }

  @Test func `many who meet a forgetful server at once are all answered`() async throws {
    let wrong = try await withPool(TestDatabase.options(application: "forgetful")) { pool, _ in
      _ = try await pool.first(AskNumber(number: 0))
      _ = try await pool.execute(DeallocateAll())
      return await askNumbers(0..<300, pool) { number, answer in answer != .success(number) }
    }
    #expect(wrong == 0)
  }

  @Test func `a value larger than every buffer on the way goes both ways`() async throws {
    let large = Scalars(bytea: PostgresBytes([UInt8](repeating: 0xA5, count: 8 << 20)))
    let isSame = try await withSession { try await $0.first(EchoScalars(scalars: large)) == large }
    #expect(isSame)
  }

  // MARK: What the session tells

  @Test func `notices are counted and heard, and the version is known`() async throws {
    try await withSession { session in
      try await session.execute(RaiseNotice())
      #expect(session.notices.count == 1)
      #expect(session.notices.last?.contains("mind the gap") == true)
      #expect(session.serverVersion >= PostgresSession.oldestServer)
    }
  }

  @Test func `the server knows our limits`() async throws {
    let settings = try await withSession {
      $0.statementTimeout = .milliseconds(1234)
      $0.lockTimeout = .milliseconds(567)
    } _: { session in
      let (statement, lock, idle, application) = try await session.pipeline(
        Setting(name: "statement_timeout"), Setting(name: "lock_timeout"),
        Setting(name: "idle_in_transaction_session_timeout"), Setting(name: "application_name"))
      return statement + lock + idle + application
    }
    #expect(settings == ["1234ms", "567ms", "10s", "session tests"])
  }
}
