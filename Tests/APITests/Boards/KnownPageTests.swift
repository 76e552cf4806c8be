// A page that is asked for again looks as if it had been read anew, but for what it cost.
import BoardStore
import Ledger
import LedgerStore
import RedisClient
import TestSupport
import Testing

@testable import API

@Suite(.serialized) struct KnownPageTests {
  private static let paths = [
    "/points/leaderboard", "/points/leaderboard?limit=2&offset=1", "/points/leaderboard?board=earned",
    "/points/leaderboard?topPercent=50", "/points/leaderboard?offset=1000",
  ]

  private static func fill(_ worker: ReadRoutesUnderTest) async throws {
    for (user, amount) in [("ada", 30), ("bob", 20), ("cy", 20)] {
      try await worker.award(Int64(amount), to: user)
    }
  }

  /// Both boards are gone, by somebody's hand: whoever reads them finds nobody.
  private static func hideBoards(_ worker: ReadRoutesUnderTest) async throws {
    let keys = MirrorKeys(try await worker.type(), epoch: 1)
    for board in [keys.balance, keys.earned] {
      _ = await worker.boards.redis.send(RedisCommand("DEL", key: board))
    }
  }

  @Test func `it is not read, and is what it was but for the position`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      try await Self.fill(worker)
      var first: [String] = []
      for path in Self.paths { first.append(try await Self.text(worker, path)) }
      try await Self.hideBoards(worker)
      for position in [1, 2, 1_000_000] as [Int64] {
        let seen = try await worker.boards.markers(of: [try await worker.type()])[0]
        let target = LedgerPosition(position, batch: UUIDBits(high: 1, low: UInt64(position)))
        let moved = await worker.boards.movePositions(
          [PositionMove(seen, .live, to: target)], on: worker.boards.connection)
        #expect(moved == [.done])
        for (path, first) in zip(Self.paths, first) {
          let expected = first.replacing(#""position":1,"#, with: #""position":\#(position),"#)
          for _ in 0..<2 { #expect(try await Self.text(worker, path) == expected) }
        }
      }
    }
  }

  @Test func `after an award, and with a new name, it is read anew`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      try await Self.fill(worker)
      for path in Self.paths { _ = try await worker.get(path, as: .reader) }
      try await worker.award(50, to: "bob")
      let page = try await worker.get(Self.paths[0], as: .reader)
      #expect(page.all("entries", "userId") == ["bob", "ada", "cy"])
      #expect(page["statistics.sum"] == "120")
      let rest = try await worker.get(Self.paths[1], as: .reader)
      #expect(rest.all("entries", "userId") == ["ada", "cy"])
      _ = try await worker.send("PUT", "/points/users/ada", #"{"displayName":"Ada"}"#)
      let named = try await worker.get(Self.paths[1], as: .reader)
      #expect(named.all("entries", "displayName") == ["Ada", "null"])
    }
  }

  private static func text(_ worker: ReadRoutesUnderTest, _ path: String) async throws -> String {
    let answer = try await worker.get(path, as: .reader)
    #expect(answer.status == 200)
    return String(decoding: answer.bytes, as: UTF8.self)
  }
}
