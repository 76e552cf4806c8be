// COPY in both directions, and the way back to pipelining.
import EventLoop
import PostgresClient
import Testing

@Suite(.serialized) struct CopyTests {
  private static let rowCount: Int64 = 100_000

  @Test func `a hundred thousand rows go in and come out in order`() async throws {
    try await withSession { session in
      _ = try? await session.execute(CreateCopied())
      try await session.execute(TruncateCopied())
      let stored = try await session.copyIn(CopyIn()) { writer throws(PostgresError) in
        var piece: [UInt8] = []
        for id in 0..<Self.rowCount {
          piece.append(contentsOf: "\(id)\tnote \(id)\n".utf8)
          if piece.count > 1000 {
            try await writer.write(piece)
            piece.removeAll()
          }
        }
        try await writer.write(piece)
      }
      #expect(Int64(stored) == Self.rowCount)
      let sum = try await session.first(SumCopied())
      #expect(sum == SumCopied.Row(count: Self.rowCount, sum: Self.rowCount * (Self.rowCount - 1) / 2))
      var next: Int64 = 0
      var misplaced = 0
      let read = try await session.copyOut(CopyOut()) { rows throws(PostgresError) in
        for line in rows.split(separator: UInt8(ascii: "\n")) {
          if Array(line) != Array("\(next)\tnote \(next)".utf8) { misplaced += 1 }
          next += 1
        }
        // A slow reader: the server has to wait for it.
        if next % 7 == 0 { _ = try? await session.loop.sleep(for: .milliseconds(1)) }
      }
      #expect(Int64(read) == Self.rowCount)
      #expect(next == Self.rowCount)
      #expect(misplaced == 0)
      let answer = try await session.first(AskNumber(number: 3))
      #expect(answer == 3)
    }
  }

  @Test func `rows that do not fit are refused as a whole, and the session goes on`() async throws {
    try await withSession { session in
      _ = try? await session.execute(CreateCopied())
      try await session.execute(TruncateCopied())
      let error = await postgresError { () async throws(PostgresError) in
        _ = try await session.copyIn(CopyIn()) { writer throws(PostgresError) in
          try await writer.write(Array("1\tgood\nbad\tworse\n".utf8))
        }
      }
      #expect(error?.state == SQLState(rawValue: "22P02"))
      let sum = try await session.first(SumCopied())
      #expect(sum == SumCopied.Row(count: 0, sum: 0))
    }
  }

  @Test func `a writer that gives up stores nothing, and the session goes on`() async throws {
    try await withSession { session in
      _ = try? await session.execute(CreateCopied())
      try await session.execute(TruncateCopied())
      let error = await postgresError { () async throws(PostgresError) in
        _ = try await session.copyIn(CopyIn()) { writer throws(PostgresError) in
          try await writer.write(Array("1\tgood\n".utf8))
          throw .abandoned(reason: "no more rows")
        }
      }
      #expect(error == .abandoned(reason: "no more rows"))
      let sum = try await session.first(SumCopied())
      #expect(sum == SumCopied.Row(count: 0, sum: 0))
    }
  }

  @Test func `a COPY that cannot begin is an error like any other`() async throws {
    try await withSession { session in
      let error = await postgresError { () async throws(PostgresError) in
        _ = try await session.copyIn(CopyFromNowhere()) { _ throws(PostgresError) in
          Issue.record("the body ran without a COPY")
        }
      }
      #expect(error?.state == .undefinedTable)
      let answer = try await session.first(AskNumber(number: 3))
      #expect(answer == 3)
    }
  }

  @Test func `a reader that gives up closes the session, for nothing else stops the server`() async throws {
    try await withSession { session in
      let error = await postgresError { () async throws(PostgresError) in
        _ = try await session.copyOut(CopyOutForever()) { _ throws(PostgresError) in
          throw .abandoned(reason: "seen enough")
        }
      }
      #expect(error == .abandoned(reason: "seen enough"))
      #expect(!session.isReady)
    }
  }

  @Test func `during a COPY nothing else can be asked`() async throws {
    try await withSession { session in
      _ = try? await session.execute(CreateCopied())
      try await session.execute(TruncateCopied())
      _ = try await session.copyIn(CopyIn()) { writer throws(PostgresError) in
        let error = await postgresError { () async throws(PostgresError) in
          _ = try await session.query(AskNumber(number: 1))
        }
        #expect(error == .sessionBusy)
      }
    }
  }
}
