// Snapshots as callers take and read them.
import BoardStore
import Ledger
import LedgerStore
import RedisClient
import Testing

@testable import API

@Suite(.serialized) struct SnapshotRoutesTests {
  /// ada 30, bob and cy 20 each, dan 10; bob came to 20 before cy.
  static func fill(_ worker: ReadRoutesUnderTest) async throws {
    for (user, amount) in [("ada", 30), ("bob", 20), ("cy", 20), ("dan", 15)] {
      try await worker.award(Int64(amount), to: user)
    }
    try await worker.deduct(5, from: "dan")
    _ = try await worker.send("PUT", "/points/users/ada", #"{"displayName":"Ada"}"#)
  }

  static func take(_ worker: ReadRoutesUnderTest, _ body: String = "{}") async throws -> String {
    let taken = try await worker.send("POST", "/points/snapshots", body)
    #expect(taken.status == 201, "\(taken.text)")
    return taken["id"] ?? ""
  }

  @Test func `a snapshot says what it shows, and shows it for good`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await Self.fill(worker)
      let taken = try await worker.send("POST", "/points/snapshots", "{}")
      #expect(taken.status == 201 && taken["state"] == "complete" && taken["purpose"] == "demand")
      #expect(taken["board"] == "balance" && taken["boardId"] == "null" && taken["pointType"] == "points")
      #expect(taken["members"] == "4" && taken["scoreSum"] == "80" && taken["source"] == "ledger")
      #expect(taken["digest"]?.utf8.count == 64 && taken["comparison"] == "null")
      #expect(taken["rankStyle"] == "competition" && taken["direction"] == "descending")
      let id = taken["id"] ?? ""
      try await worker.award(100, to: "dan")
      let same = try await worker.get("/points/snapshots/\(id)", as: .reader)
      #expect(same.bytes == taken.bytes)
      let entries = try await worker.get("/points/snapshots/\(id)/entries", as: .reader)
      #expect(entries.all("entries", "userId") == ["ada", "bob", "cy", "dan"])
      #expect(entries.all("entries", "rank") == ["1", "2", "2", "4"])
      #expect(entries.all("entries", "place") == ["1", "2", "3", "4"])
      #expect(entries.all("entries", "score") == ["30", "20", "20", "10"])
      #expect(entries.all("entries", "displayName") == ["Ada", "null", "null", "null"])
      #expect(entries.all("entries", "version") == ["1", "1", "1", "2"] && entries["nextCursor"] == "null")
    }
  }

  @Test func `entries are read from a rank on, and page by page`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await Self.fill(worker)
      let path = "/points/snapshots/\(try await Self.take(worker))/entries"
      let first = try await worker.get("\(path)?limit=3", as: .reader)
      #expect(first.all("entries", "userId") == ["ada", "bob", "cy"] && first["members"] == "4")
      let cursor = first["nextCursor"] ?? ""
      let rest = try await worker.get("\(path)?limit=3&cursor=\(cursor)", as: .reader)
      #expect(rest.all("entries", "userId") == ["dan"] && rest["nextCursor"] == "null")
      // Nobody has rank 3: those behind it come.
      let third = try await worker.get("\(path)?rank=3", as: .reader)
      #expect(third.all("entries", "userId") == ["dan"])
      #expect(try await worker.get("\(path)?rank=2&limit=1").all("entries", "userId") == ["bob"])
      #expect(try await worker.get("\(path)?rank=5").count("entries") == 0)
      let other = "/points/snapshots/\(try await Self.take(worker))/entries"
      for wrong in ["\(other)?cursor=\(cursor)", "\(path)?cursor=\(cursor)&rank=1", "\(path)?cursor=2zz"] {
        #expect(try await worker.get(wrong).problem == "400 validation_failed")
      }
    }
  }

  @Test func `one user is found, with how far it was to the next`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await Self.fill(worker)
      let path = "/points/snapshots/\(try await Self.take(worker))/users"
      let dan = try await worker.get("\(path)/dan", as: .reader)
      #expect(dan["rank"] == "4" && dan["place"] == "4" && dan["score"] == "10" && dan["missing"] == "10")
      #expect(dan["members"] == "4" && dan["percentile"] == "25.00")
      let cy = try await worker.get("\(path)/cy", as: .reader)
      #expect(cy["rank"] == "2" && cy["place"] == "3" && cy["missing"] == "10" && cy["percentile"] == "75.00")
      let ada = try await worker.get("\(path)/ada", as: .reader)
      #expect(ada["displayName"] == "Ada" && ada["missing"] == "null")
      #expect(try await worker.get("\(path)/eve").problem == "404 not_ranked")
    }
  }

  @Test func `a key makes one snapshot, however often it is sent`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await Self.fill(worker)
      let field = "Idempotency-Key: monday"
      let first = try await worker.send("POST", "/points/snapshots", "{}", with: field)
      let again = try await worker.send("POST", "/points/snapshots", "{}", with: field)
      #expect(first.status == 201 && !first.isReplay && again.status == 201 && again.isReplay)
      #expect(first.bytes == again.bytes)
      let other = try await worker.send("POST", "/points/snapshots", #"{"board":"earned"}"#, with: field)
      #expect(other.problem == "422 duplicate_transaction")
      let list = try await worker.get("/points/snapshots", as: .reader)
      #expect(list.all("snapshots", "id") == [first["id"]])
    }
  }

  @Test func `snapshots are listed by board, the newest first`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await Self.fill(worker)
      var ids: [String] = []
      for board in ["balance", "earned", "balance"] {
        ids.append(try await Self.take(worker, #"{"board":"\#(board)"}"#))
      }
      let all = try await worker.get("/points/snapshots?limit=2")
      #expect(all.all("snapshots", "id") == [ids[2], ids[1]])
      let rest = try await worker.get("/points/snapshots?limit=2&cursor=\(all["nextCursor"] ?? "")")
      #expect(rest.all("snapshots", "id") == [ids[0]] && rest["nextCursor"] == "null")
      let earned = try await worker.get("/points/snapshots?board=earned")
      #expect(earned.all("snapshots", "id") == [ids[1]] && earned.all("snapshots", "scoreSum") == ["85"])
      #expect(try await worker.get("/points/snapshots?pointType=points").count("snapshots") == 3)
      #expect(try await worker.get("/points/snapshots?board=no-such").problem == "404 not_found")
    }
  }

  @Test func `what changed between two snapshots`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await Self.fill(worker)
      let before = try await Self.take(worker)
      try await worker.award(15, to: "dan")
      try await worker.award(5, to: "eve")
      let after = try await Self.take(worker)
      let path = "/points/snapshots/\(after)/diff?against=\(before)"
      let all = try await worker.get(path, as: .reader)
      #expect(all.all("changes", "userId") == ["bob", "cy", "dan", "eve"])
      #expect(all["changes.2.before.rank"] == "4" && all["changes.2.after.rank"] == "2")
      #expect(all["changes.2.before.score"] == "10" && all["changes.2.after.score"] == "25")
      #expect(all["changes.3.before"] == "null" && all["changes.3.after.rank"] == "5")
      var (target, seen): (String, [String?]) = ("\(path)&limit=2", [])
      while true {
        let page = try await worker.get(target)
        seen += page.all("changes", "userId")
        guard let cursor = page["nextCursor"], cursor != "null" else { break }
        target = "\(path)&limit=2&cursor=\(cursor)"
      }
      #expect(seen == ["bob", "cy", "dan", "eve"])
      let none = try await worker.get("/points/snapshots/\(after)/diff?against=\(after)")
      #expect(none.count("changes") == 0)
      #expect(try await worker.get("/points/snapshots/\(after)/diff?against=x").problem == "404 not_found")
    }
  }

  @Test func `what is no snapshot is not found, and wrong wishes are refused`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      for path in ["nonsense", "019c1234-0000-7000-8000-000000000000"] {
        for rest in ["", "/entries", "/users/ada", "/export", "/diff?against=\(path)"] {
          #expect(try await worker.get("/points/snapshots/\(path)\(rest)").problem == "404 not_found")
        }
      }
      for wrong in [
        #"{"source":"memory"}"#, #"{"keepUntil":"2001-01-01T00:00:00Z"}"#, #"{"boards":"balance"}"#, "[]",
      ] {
        let answer = try await worker.send("POST", "/points/snapshots", wrong)
        #expect(answer.problem == "400 validation_failed")
      }
      let unknown = try await worker.send("POST", "/points/snapshots", #"{"board":"no-such"}"#)
      #expect(unknown.problem == "404 not_found")
      let reader = try await worker.send("POST", "/points/snapshots", "{}", as: .service)
      #expect(reader.problem == "403 forbidden")
    }
  }
}
