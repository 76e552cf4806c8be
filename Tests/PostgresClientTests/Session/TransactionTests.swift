// Several statements that take effect together or not at all, against a real server.
import PostgresClient
import Testing

@Suite struct TransactionTests {
  // MARK: Units

  @Test func `a pipeline returns the rows of each statement from one round trip`() async throws {
    try await withSession { session in
      let before = session.statistics.roundTrips
      let (numbers, quotients, more) = try await session.pipeline(
        AskNumber(number: 5), Divide(divisor: 5), AskNumber(number: 6))
      #expect(numbers == [5])
      #expect(quotients == [20])
      #expect(more == [6])
      let after = session.statistics.roundTrips
      #expect(after == before + 1)
    }
  }

  @Test func `a pipeline that fails in the middle leaves nothing`() async throws {
    try await withSession { session in
      _ = try? await session.execute(CreateItems())
      let error = await postgresError { () async throws(PostgresError) in
        _ = try await session.pipeline(
          InsertItem(id: 100, note: "first"), Divide(divisor: 0), InsertItem(id: 101, note: "last"))
      }
      #expect(error?.state == .divisionByZero)
      let found = try await session.query(FindItems(ids: [100, 101]))
      #expect(found == [])
      #expect(session.isPristine)
    }
  }

  @Test func `an error at the commit that a sync implies is the unit's error`() async throws {
    try await withSession { session in
      _ = try? await session.execute(CreateDeferred())
      try await session.execute(InsertDeferred(id: 1))
      let error = await postgresError { () async throws(PostgresError) in
        try await session.execute(InsertDeferred(id: 1))
      }
      #expect(error?.state == .uniqueViolation)
      let answer = try await session.first(AskNumber(number: 9))
      #expect(answer == 9)
    }
  }

  // MARK: Transactions

  @Test func `a transaction that returns is committed, one that throws is rolled back`() async throws {
    try await withSession { session in
      _ = try? await session.execute(CreateItems())
      try await session.transaction { transaction throws(PostgresError) in
        try await transaction.execute(InsertItem(id: 1, note: "kept"))
      }
      let error = await postgresError { () async throws(PostgresError) in
        try await session.transaction { transaction throws(PostgresError) in
          try await transaction.execute(InsertItem(id: 2, note: "lost"))
          throw .abandoned(reason: "changed its mind")
        }
      }
      #expect(error == .abandoned(reason: "changed its mind"))
      try await session.transaction { transaction throws(PostgresError) in
        try await transaction.execute(InsertItem(id: 3, note: "given up"))
        transaction.giveUp()
      }
      let found = try await session.query(FindItems(ids: [1, 2, 3]))
      #expect(found == [1])
      #expect(session.isPristine)
    }
  }

  @Test func `a transaction whose error was swallowed is not reported as committed`() async throws {
    try await withSession { session in
      _ = try? await session.execute(CreateItems())
      let error = await postgresError { () async throws(PostgresError) in
        try await session.transaction { transaction throws(PostgresError) in
          try await transaction.execute(InsertItem(id: 10, note: "lost"))
          _ = try? await transaction.query(Divide(divisor: 0))
        }
      }
      #expect(error == .transactionRolledBack)
      let found = try await session.query(FindItems(ids: [10]))
      #expect(found == [])
    }
  }

  @Test func `the last statements and COMMIT need one round trip`() async throws {
    try await withSession { session in
      _ = try? await session.execute(CreateItems())
      let before = session.statistics.roundTrips
      try await session.transaction { transaction throws(PostgresError) in
        _ = try await transaction.query(AskNumber(number: 1))
        _ = try await transaction.commit(with: InsertItem(id: 20, note: "a"), InsertItem(id: 21, note: "b"))
      }
      let after = session.statistics.roundTrips
      #expect(after == before + 2)
      let found = try await session.query(FindItems(ids: [20, 21]))
      #expect(found == [20, 21])
    }
  }

  @Test func `a failure among the last statements rolls everything back`() async throws {
    try await withSession { session in
      _ = try? await session.execute(CreateItems())
      let error = await postgresError { () async throws(PostgresError) in
        try await session.transaction { transaction throws(PostgresError) in
          try await transaction.execute(InsertItem(id: 30, note: "a"))
          _ = try await transaction.commit(with: InsertItem(id: 31, note: "b"), Divide(divisor: 0))
        }
      }
      #expect(error?.state == .divisionByZero)
      let found = try await session.query(FindItems(ids: [30, 31]))
      #expect(found == [])
      #expect(session.isPristine)
    }
  }

  @Test func `the loss of the session in a transaction is honest about both errors`() async throws {
    try await withSession { session in
      let error = await postgresError { () async throws(PostgresError) in
        try await session.transaction { transaction throws(PostgresError) in
          _ = try await transaction.query(AskNumber(number: 1))
          session.close()
          _ = try await transaction.query(AskNumber(number: 2))
        }
      }
      #expect(error == .closed)
      #expect(!session.isReady)
    }
  }
}
