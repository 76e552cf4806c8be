// Results that are mended after they were stored, as callers do it and read it.
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct RevisionRoutesTests {
  /// ada 30, bob and cy 20 each, dan 10; bob came to 20 before cy.
  private static func running(
    _ body: @escaping @Sendable (ReadRoutesUnderTest, _ id: String) async throws -> Void
  ) async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await SnapshotRoutesTests.fill(worker)
      try await body(worker, try await SnapshotRoutesTests.take(worker))
    }
  }

  private static func revise(
    _ id: String, _ body: String, _ worker: ReadRoutesUnderTest
  ) async throws -> Answered {
    try await worker.send("POST", "/points/snapshots/\(id)/revisions", body)
  }

  @Test func `a revision is a snapshot, ranked anew, and the one before stays`() async throws {
    try await Self.running { worker, id in
      let before = try await worker.get("/points/snapshots/\(id)", as: .reader)
      #expect(before["revision"] == "1" && before["revises"] == "null")
      let revision = try await Self.revise(
        id, #"{"reason":"cheated","disqualify":["ada"],"scores":[{"userId":"dan","score":20}]}"#, worker)
      #expect(revision.status == 201 && revision["purpose"] == "revision" && revision["revises"] == id)
      #expect(revision["revision"] == "2" && revision["members"] == "3" && revision["scoreSum"] == "60")
      #expect(revision["asOf"] == before["asOf"] && revision["position"] == before["position"])
      let made = revision["id"] ?? ""
      let entries = try await worker.get("/points/snapshots/\(made)/entries", as: .reader)
      #expect(entries.all("entries", "userId") == ["bob", "cy", "dan"])
      #expect(entries.all("entries", "rank") == ["1", "1", "1"])
      #expect(entries.all("entries", "place") == ["1", "2", "3"])
      // The score of dan was reached last, at 10; who says that it was reached at first is before the others.
      let second = try await Self.revise(
        made,
        #"""
        {"reason":"typo","scores":[{"userId":"dan","score":20,"reachedAt":"2020-01-01T00:00:00Z"},
        {"userId":"cy","score":-5}]}
        """#, worker)
      let newest = second["id"] ?? ""
      let ranked = try await worker.get("/points/snapshots/\(newest)/entries", as: .reader)
      #expect(ranked.all("entries", "userId") == ["dan", "bob", "cy"])
      #expect(ranked.all("entries", "score") == ["20", "20", "-5"])
      #expect(try await worker.get("/points/snapshots/\(id)", as: .reader).bytes == before.bytes)
      let first = try await worker.get("/points/snapshots/\(id)/entries", as: .reader)
      #expect(first.all("entries", "userId") == ["ada", "bob", "cy", "dan"])
      let difference = try await worker.get("/points/snapshots/\(made)/diff?against=\(id)", as: .reader)
      #expect(difference.all("changes", "userId") == ["ada", "bob", "cy", "dan"])
      #expect(difference["changes.0.after"] == "null" && difference["changes.3.after.score"] == "20")
      let history = try await worker.get("/points/leaderboard/history?userId=dan&best=true", as: .reader)
      #expect(history.all("ranks", "snapshotId") == [newest] && history.all("ranks", "revision") == ["3"])
      #expect(history.all("ranks", "purpose") == ["demand"] && history["best.snapshotId"] == newest)
      let gone = try await worker.get("/points/leaderboard/history?userId=ada&best=true", as: .reader)
      #expect(gone.count("ranks") == 0 && gone["best"] == "null")
    }
  }

  @Test func `the line tells what was changed, why, by whom, from whichever of it`() async throws {
    try await Self.running { worker, id in
      let second = try await Self.revise(id, #"{"reason":"cheated","disqualify":["ada","dan"]}"#, worker)
      let third = try await Self.revise(
        second["id"] ?? "", #"{"reason":"typo","scores":[{"userId":"cy","score":21}]}"#, worker)
      let ids = [third["id"], second["id"], id]
      for asked in ids {
        let line = try await worker.get("/points/snapshots/\(asked ?? "")/revisions", as: .reader)
        #expect(line.all("revisions", "snapshotId") == ids && line["newestId"] == ids[0])
        #expect(line["originalId"] == id && line.all("revisions", "revision") == ["3", "2", "1"])
        #expect(line.all("revisions", "reason") == ["typo", "cheated", "null"])
        #expect(line.all("revisions", "revisedBy") == ["admin", "admin", "null"])
        #expect(line.all("revisions", "members") == ["2", "2", "4"] && line["nextCursor"] == "null")
        for (index, user) in ["ada", "dan"].enumerated() {
          let change = "revisions.1.changes.\(index)"
          #expect(line["\(change).userId"] == user && line["\(change).disqualified"] == "true")
          #expect(line["\(change).score"] == "null" && line["\(change).reachedAt"] == "null")
        }
        #expect(line["revisions.0.changes.0.scoreBefore"] == "20")
        #expect(line["revisions.0.changes.0.score"] == "21" && line["revisions.2.changes.0.userId"] == nil)
      }
      let path = "/points/snapshots/\(id)/revisions?limit=2"
      let page = try await worker.get(path)
      #expect(page.all("revisions", "revision") == ["3", "2"])
      let rest = try await worker.get("\(path)&cursor=\(page["nextCursor"] ?? "")")
      #expect(rest.all("revisions", "revision") == ["1"] && rest["nextCursor"] == "null")
      let strange = try await worker.get("\(path)&cursor=2ab")
      #expect(strange.problem == "400 validation_failed")
    }
  }

  @Test func `a repeat finds what was made, and whoever comes late is told of the newest`() async throws {
    try await Self.running { worker, id in
      let body = #"{"reason":"cheated","disqualify":["ada","dan"]}"#
      let first = try await Self.revise(id, body, worker)
      let again = try await Self.revise(id, #"{"reason":"again","disqualify":["dan","ada"]}"#, worker)
      #expect(!first.isReplay && again.isReplay && again.bytes == first.bytes && again.status == 201)
      let late = try await Self.revise(id, #"{"reason":"late","disqualify":["bob"]}"#, worker)
      #expect(late.problem == "409 snapshot_revised" && late["newestId"] == first["id"])
    }
  }

  @Test func `what cannot be mended is refused, and says why`() async throws {
    try await Self.running { worker, id in
      let malformed = [
        "{}", #"{"reason":"x"}"#, #"{"disqualify":["ada"]}"#, #"{"reason":"","disqualify":["ada"]}"#,
        #"{"reason":"x","disqualify":["ada","ada"]}"#, #"{"reason":"x","disqualify":"ada"}"#,
        #"{"reason":"x","disqualify":["ada"],"scores":[{"userId":"ada","score":1}]}"#,
        #"{"reason":"x","scores":[{"userId":"ada"}]}"#,
        #"{"reason":"x","scores":[{"userId":"ada","score":-4607182418800017409}]}"#,
        #"{"reason":"x","scores":[{"userId":"ada","score":1,"rank":1}]}"#,
        #"{"reason":"x","disqualify":[],"scores":null}"#,
      ]
      for body in malformed {
        #expect(try await Self.revise(id, body, worker).problem == "400 validation_failed", "\(body)")
      }
      let many = (0...1_000).map { "\"u\($0)\"" }.joined(separator: ",")
      let tooMany = try await Self.revise(id, #"{"reason":"x","disqualify":[\#(many)]}"#, worker)
      #expect(tooMany.problem == "400 validation_failed")
      let strangers = try await Self.revise(id, #"{"reason":"x","disqualify":["eve","ada","ann"]}"#, worker)
      #expect(strangers.problem == "422 not_in_snapshot" && strangers["users.0"] == "ann")
      #expect(strangers["users.1"] == "eve" && strangers.count("users") == 2)
      let same = try await Self.revise(id, #"{"reason":"x","scores":[{"userId":"ada","score":30}]}"#, worker)
      #expect(same.problem == "422 nothing_to_revise")
      for unknown in ["x", "019c1234-0000-7000-8000-000000000000"] {
        let body = #"{"reason":"x","disqualify":["ada"]}"#
        #expect(try await Self.revise(unknown, body, worker).problem == "404 not_found")
        #expect(try await worker.get("/points/snapshots/\(unknown)/revisions").problem == "404 not_found")
      }
      let kept = try await worker.get("/points/snapshots/\(id)/revisions")
      #expect(kept.count("revisions") == 1 && kept["newestId"] == id)
    }
  }
}
