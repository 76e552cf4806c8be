// Snapshots and the mirror: taken from it, and held against it.
import BoardStore
import EventLoop
import Ledger
import LedgerStore
import RedisClient
import Testing

@testable import API

@Suite(.serialized) struct LiveSnapshotTests {
  @Test func `a live snapshot is what the board shows`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      try await SnapshotRoutesTests.fill(worker)
      let ledger = try await worker.send("POST", "/points/snapshots", "{}")
      let live = try await worker.send("POST", "/points/snapshots", #"{"source":"live"}"#)
      #expect(live.status == 201 && live["source"] == "live" && live["state"] == "complete")
      #expect(live["digest"] == ledger["digest"] && live["members"] == "4" && live["position"] == "1")
      #expect(ledger["comparison.checked"] == "4" && ledger["comparison.drifted"] == "0")
    }
  }

  @Test func `a board with too many members is not read of the mirror`() async throws {
    var settings = ReadRoutesUnderTest.Settings()
    settings.snapshots.liveMembersMax = 3
    try await ReadRoutesUnderTest.running(withRedis: true, settings) { worker in
      try await SnapshotRoutesTests.fill(worker)
      let live = try await worker.send("POST", "/points/snapshots", #"{"source":"live"}"#)
      #expect(live.problem == "422 too_many_members")
      let failed = try await worker.get("/points/snapshots")
      #expect(failed.all("snapshots", "state") == ["failed"])
      let path = "/points/snapshots/\(failed["snapshots.0.id"] ?? "")"
      #expect(try await worker.get("\(path)/entries").problem == "409 snapshot_not_complete")
    }
  }

  @Test func `without Redis there is no live snapshot, and a key tries again`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await SnapshotRoutesTests.fill(worker)
      let body = #"{"source":"live"}"#
      for _ in 1...2 {
        let live = try await worker.send("POST", "/points/snapshots", body, with: "Idempotency-Key: a")
        #expect(live.problem == "503 unavailable")
      }
      #expect(try await worker.get("/points/snapshots").count("snapshots") == 1)
    }
  }

  @Test func `what has drifted in the mirror is counted and repaired`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      try await SnapshotRoutesTests.fill(worker)
      let state = try await worker.boards.markers(of: [try await worker.type()])[0]
      let keys = try #require(state.epochs.live)
      _ = await worker.redis.send(
        RedisCommand("ZREMRANGEBYRANK", key: keys.balance, [Array("0".utf8), Array("0".utf8)]))
      let taken = try await worker.send("POST", "/points/snapshots", "{}")
      #expect(taken["comparison.checked"] == "4" && taken["comparison.drifted"] == "1")
      #expect(taken["comparison.repaired"] == "1" && taken["members"] == "4")
      let page = try await worker.get("/points/leaderboard")
      #expect(page.all("entries", "userId") == ["ada", "bob", "cy", "dan"])
    }
  }

  @Test func `whoever cannot be answered in time is told where to look`() async throws {
    var settings = ReadRoutesUnderTest.Settings()
    settings.snapshots.requestTimeout = .zero
    try await ReadRoutesUnderTest.running(settings) { worker in
      try await SnapshotRoutesTests.fill(worker)
      let begun = try await worker.send("POST", "/points/snapshots", "{}")
      #expect(begun.status == 202 && begun["state"] == "building" && begun["members"] == "null")
      let path = "/points/snapshots/\(begun["id"] ?? "")"
      let end = ContinuousClock.now + .seconds(10)
      while try await worker.get(path)["state"] == "building", ContinuousClock.now < end {
        try await worker.loop.sleep(for: .milliseconds(2))
      }
      let taken = try await worker.get(path)
      #expect(taken["state"] == "complete" && taken["members"] == "4")
    }
  }

  @Test func `more than may wait are turned away, and nothing is begun for them`() async throws {
    var settings = ReadRoutesUnderTest.Settings()
    settings.snapshots.waitersMax = 0
    try await ReadRoutesUnderTest.running(settings) { worker in
      let refused = try await worker.send("POST", "/points/snapshots", "{}")
      let list = try await worker.get("/points/snapshots")
      #expect(refused.problem == "503 overloaded" && list.count("snapshots") == 0)
    }
  }
}
