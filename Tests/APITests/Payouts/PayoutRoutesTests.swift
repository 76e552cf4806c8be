// Payouts as callers look at them, plan them, and read what came of them.
import BoardStore
import Ledger
import LedgerStore
import RedisClient
import Testing

@testable import API

@Suite(.serialized) struct PayoutRoutesTests {
  private static let nowhere = "019c1234-0000-4000-8000-000000000000"

  @Test func `a preview says who would get what, and changes nothing`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      try await worker.setEnabled(false, "cy")
      let seen = try await worker.plan(snapshot, #","preview":true"#)
      #expect(
        seen.status == 200 && seen["preview"] == "true" && seen["snapshotId"] == snapshot, "\(seen.text)")
      #expect(seen["winners"] == "3" && seen["legs"] == "3" && seen["ties"] == "best")
      #expect(seen["tiedScores"] == "1" && seen["tiedUsers"] == "2" && seen["isCorrection"] == "false")
      #expect(seen["board"] == "balance" && seen["pointType"] == "points" && seen["period"] == "null")
      #expect(seen["sums.0.pointType"] == "points" && seen["sums.0.given"] == "180")
      #expect(seen["sums.0.taken"] == "0" && seen["sums.0.budget"] == "null")
      #expect(seen["hash"]?.utf8.count == 64 && seen["needsApproval"] == "false")
      #expect(seen["excluded"] == "1" && seen["excludedUsers.0"] == "cy")
      #expect(seen.all("lines", "userId") == ["ada", "bob", "cy"])
      #expect(seen.all("lines", "rank") == ["1", "2", "2"] && seen.all("lines", "leg") == ["1", "2", "3"])
      #expect(seen.all("lines", "amount") == ["100", "40", "40"])
      #expect(seen.all("lines", "change") == ["give", "give", "give"])

      #expect(try await worker.pay().postings == 0)
      #expect(try await worker.get(ReadRoutesUnderTest.payouts).count("distributions") == 0)
      let again = try await worker.plan(snapshot, #","preview":true"#)
      #expect(again["hash"] == seen["hash"])
    }
  }

  @Test func `what was looked at is planned once, and paid`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      let hash = try #require(try await worker.plan(snapshot, #","preview":true"#)["hash"])
      let made = try await worker.plan(snapshot, #","hash":"\#(hash)""#)
      #expect(made.status == 201 && !made.isReplay && made["hash"] == hash, "\(made.text)")
      #expect(made["status"] == "pending" && made["phase"] == "paying" && made["executedAt"] == "null")
      #expect(made["plannedBy"] == "payouts" && made["decidedBy"] == "null" && made["reason"] == "null")
      #expect(made["sums.0.given"] == "180" && made["credited"] == "0")
      let id = try #require(made["id"])
      // Whoever asks again, with or without the hash, in whichever role, is told of the same.
      for (more, role) in [("", Role.admin), (#","hash":"\#(hash)""#, .payouts)] {
        let again = try await worker.plan(snapshot, more, as: role)
        #expect(again.status == 200 && again.isReplay && again.bytes == made.bytes)
      }
      #expect(try await worker.pay().credited == 3)
      let paid = try await worker.get("\(ReadRoutesUnderTest.payouts)/\(id)", as: .service)
      #expect(paid["status"] == "completed" && paid["phase"] == "paid" && paid["executedAt"] != "null")
      #expect(paid["credited"] == "3" && paid["refused"] == "0")
      #expect(try await worker.plan(snapshot).bytes == paid.bytes)
      #expect(try await worker.pay().postings == 0)
      #expect(try await worker.balance("ada") == "130")
      #expect(try await worker.balance("bob") == "60")
      #expect(try await worker.balance("cy") == "60")
      #expect(try await worker.balance("dan") == "10")
    }
  }

  @Test func `nothing is planned but what has the hash`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      let before = try #require(try await worker.plan(snapshot, #","preview":true"#)["hash"])
      try await worker.reward(4...4, 7)
      let stale = try await worker.plan(snapshot, #","hash":"\#(before)""#)
      let now = try await worker.plan(snapshot, #","preview":true"#)
      #expect(stale.problem == "409 plan_changed" && stale["hash"] == now["hash"], "\(stale.text)")
      #expect(now["hash"] != before && now["legs"] == "4")
      #expect(try await worker.get(ReadRoutesUnderTest.payouts).count("distributions") == 0)
      // By the rules of then it is the same as then.
      let instant = try #require(now["rulesAt"])
      try await worker.reward(5...5, 7)
      let then = try await worker.plan(
        snapshot, #","hash":"\#(now["hash"] ?? "")","rulesAt":"\#(instant)""#, as: .admin)
      #expect(then.status == 201 && then["rulesAt"] == instant, "\(then.text)")
      // Nor does somebody who looked at something else take it for his.
      let other = try await worker.plan(snapshot, #","hash":"\#(before)""#)
      #expect(other.problem == "409 plan_changed" && other["hash"] == then["hash"])
    }
  }

  @Test func `without rules, or above a budget, nothing is planned`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await SnapshotRoutesTests.fill(worker)
      let early = try await SnapshotRoutesTests.take(worker)
      #expect(try await worker.plan(early).problem == "422 nothing_to_pay")
      try await worker.reward(10...20, 5)
      #expect(try await worker.plan(early, #","preview":true"#).problem == "422 nothing_to_pay")
      try await worker.reward(1...2, 5)
      try await worker.setTerms(budget: 14)
      for more in ["", #","preview":true"#] {
        let refused = try await worker.plan(early, more)
        #expect(refused.problem == "409 reward_budget_exceeded", "\(refused.text)")
        #expect(refused["pointType"] == "points" && refused["excess"] == "1")
      }
      try await worker.setTerms(budget: 15)
      let made = try await worker.plan(early)
      #expect(made.status == 201 && made["sums.0.budget"] == "15")
    }
  }

  @Test func `ranks that were read of the mirror are held against the ledger before they are corrected`()
    async throws
  {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      try await SnapshotRoutesTests.fill(worker)
      try await worker.reward(1...3, 40)
      let unpaid = try await worker.revision(of: try await worker.live())
      #expect(try await worker.plan(unpaid).status == 201)
      let paid = try await worker.live()
      #expect(try await worker.plan(paid).status == 201)
      try await worker.pay()
      let correction = try await worker.plan(try await worker.revision(of: paid))
      #expect(correction.status == 201 && correction["isCorrection"] == "true", "\(correction.text)")
      // What is wrong in the first of a line no revision makes right.
      let state = try await worker.boards.markers(of: [try await worker.type()])[0]
      let keys = try #require(state.epochs.live)
      _ = await worker.redis.send(
        RedisCommand("ZREMRANGEBYRANK", key: keys.balance, [Array("0".utf8), Array("0".utf8)]))
      let drifted = try await worker.plan(try await worker.revision(of: try await worker.live()))
      #expect(drifted.problem == "409 snapshot_drifted" && drifted["drifted"] == "1", "\(drifted.text)")
    }
  }

  @Test func `payouts are listed by page, the last planned first`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      var snapshots = [try await worker.ranks()]
      var ids = [try await worker.plan(snapshots[0])["id"]]
      try await worker.pay()
      for _ in 1...2 {
        snapshots.append(try await SnapshotRoutesTests.take(worker))
        ids.append(try await worker.plan(snapshots[snapshots.count - 1])["id"])
      }
      let path = ReadRoutesUnderTest.payouts
      let all = try await worker.get(path, as: .service)
      #expect(all.all("distributions", "id") == ids.reversed() && all["nextCursor"] == "null")
      #expect(all["distributions.0.sums"] == nil && all["distributions.0.legs"] == "3")
      let first = try await worker.get("\(path)?limit=2")
      #expect(first.all("distributions", "id") == [ids[2], ids[1]])
      let cursor = try #require(first["nextCursor"])
      let rest = try await worker.get("\(path)?limit=2&cursor=\(cursor)")
      #expect(rest.all("distributions", "id") == [ids[0]] && rest["nextCursor"] == "null")
      #expect(try await worker.get("\(path)?status=completed").all("distributions", "id") == [ids[0]])
      #expect(try await worker.get("\(path)?status=pending").count("distributions") == 2)
      #expect(try await worker.get("\(path)?status=failed").count("distributions") == 0)
      let one = try await worker.get("\(path)?snapshotId=\(snapshots[1])&pointType=points")
      #expect(one.all("distributions", "id") == [ids[1]])
      for wrong in [
        "cursor=\(cursor)&status=pending", "cursor=\(cursor)&snapshotId=\(snapshots[0])", "cursor=2zz",
        "cursor=\(cursor)0", "status=paid", "limit=0", "limit=1001", "period=x",
      ] {
        #expect(try await worker.get("\(path)?\(wrong)").problem == "400 validation_failed", "\(wrong)")
      }
      for unknown in ["pointType=gold", "snapshotId=\(Self.nowhere)", "snapshotId=x"] {
        #expect(try await worker.get("\(path)?\(unknown)").problem == "404 not_found", "\(unknown)")
      }
    }
  }

  @Test func `what there is not is not found, and wrong wishes are refused by their field`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let path = ReadRoutesUnderTest.payouts
      let hash = String(repeating: "0", count: 64)
      for id in ["nonsense", Self.nowhere] {
        for rest in ["", "/transactions", "/transactions?outstanding=true"] {
          #expect(try await worker.get("\(path)/\(id)\(rest)").problem == "404 not_found")
        }
        #expect(try await worker.get("/points/transactions/\(id)/reward").problem == "404 not_found")
        #expect(try await worker.plan(id).problem == "404 not_found")
        #expect(try await worker.plan(id, #","preview":true"#).problem == "404 not_found")
        for (action, body) in [
          ("approve", #"{"hash":"\#(hash)"}"#), ("reject", #"{"reason":"no"}"#), ("retry", nil),
        ] {
          let answer = try await worker.send("POST", "\(path)/\(id)/\(action)", body)
          #expect(answer.problem == "404 not_found", "\(action)")
        }
      }
      let there = #""snapshotId":"\#(Self.nowhere)""#
      let wrong = [
        ("", "{}", "snapshotId"), ("", #"{\#(there),"hash":"ab"}"#, "hash"),
        ("", #"{\#(there),"hash":"\#(hash)","preview":true}"#, "hash"),
        ("", #"{\#(there),"rulesAt":"2090-01-01T00:00:00Z"}"#, "rulesAt"),
        ("", #"{\#(there),"rulesAt":"soon"}"#, "rulesAt"), ("", #"{\#(there),"preview":1}"#, "preview"),
        ("", #"{\#(there),"budget":1}"#, "budget"), ("/x/approve", "{}", "hash"),
        ("/x/approve", #"{"hash":"\#(hash)0"}"#, "hash"), ("/x/reject", "{}", "reason"),
        ("/x/reject", #"{"reason":""}"#, "reason"), ("/x/reject", #"{"reason":"x","why":"y"}"#, "why"),
      ]
      for (rest, body, field) in wrong {
        let answer = try await worker.send("POST", path + rest, body)
        #expect(answer.problem == "400 validation_failed" && answer["field"] == field, "\(rest) \(body)")
      }
    }
  }
}
