// Reports of payouts that put others right: what is given, and what is taken back in parts or not at all.
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct CorrectionReportTests {
  /// Without ada, the first.
  private static func revise(_ snapshot: String, _ worker: ReadRoutesUnderTest) async throws -> String {
    let revised = try await worker.send(
      "POST", "/points/snapshots/\(snapshot)/revisions", #"{"reason":"cheated","disqualify":["ada"]}"#)
    guard let id = revised["id"] else { throw Unmet(what: "a revision: \(revised.text)") }
    return id
  }

  private static func retry(_ payout: Answered, _ worker: ReadRoutesUnderTest) async throws {
    let answer = try await worker.send(
      "POST", "\(ReadRoutesUnderTest.payouts)/\(payout["id"] ?? "")/retry", nil, as: .payouts)
    guard answer.status == 200 else { throw Unmet(what: "a retry: \(answer.text)") }
    try await worker.pay()
  }

  @Test func `what is taken back in parts is told part by part`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      let first = try await worker.plan(snapshot)
      try await worker.pay()
      let before = try await worker.report(first, "csv")
      // Of 130 she has 30 left.
      try await worker.deduct(100, from: "ada")
      let correction = try await worker.plan(try await Self.revise(snapshot, worker))
      #expect(correction["isCorrection"] == "true", "\(correction.text)")
      try await worker.pay()
      var report = try await worker.report(correction, "json")
      #expect(try ReadRoutesUnderTest.verdict(report.bytes) == .genuine)
      // Bob and cy are first now, equals, and get what the champion gets; dan is third.
      let users = report.all("lines", "userId")
      let ada = try #require(users.firstIndex(of: "ada"))
      #expect(Set(users) == ["ada", "bob", "cy", "dan"] && report["snapshot.revision"] == "2")
      #expect(report["snapshot.revises"] == snapshot)
      func told(_ member: String) -> String? { report["lines.\(ada).\(member)"] }
      #expect(told("change") == "takeBack" && told("amount") == "100" && told("posted") == "30")
      #expect(told("state") == "partlyTakenBack" && told("outstanding") == "70" && told("rank") == "null")
      #expect(told("takesBack") == "\(try TableUnderTest(before.bytes).all("line", "transactionIds")[0])")
      #expect(told("transactionIds.0") != nil && told("transactionIds.1") == nil)
      #expect(report.all("sums", "change") == ["give", "takeBack"])
      #expect(report.all("sums", "amount") == ["160", "100"])
      #expect(report.all("sums", "posted") == ["160", "30"])
      #expect(report.all("sums", "outstanding") == ["0", "70"])

      // Nothing is there yet: the line keeps what it has, and says why there is no more.
      try await Self.retry(correction, worker)
      report = try await worker.report(correction, "json")
      #expect(told("state") == "partlyTakenBack" && told("refusal") == "insufficient_balance")
      #expect(told("posted") == "30" && told("transactionIds.1") == nil)
      try await worker.award(500, to: "ada")
      try await Self.retry(correction, worker)
      report = try await worker.report(correction, "json")
      #expect(try ReadRoutesUnderTest.verdict(report.bytes) == .genuine)
      #expect(told("state") == "takenBack" && told("outstanding") == "0" && told("refusal") == "null")
      let table = try TableUnderTest(try await worker.report(correction, "csv").bytes)
      let parts = table.all("line", "transactionIds")[ada].split(separator: " ").map(String.init)
      #expect(parts.count == 2 && parts == [told("transactionIds.0"), told("transactionIds.1")])
      let last = try await worker.get("/points/transactions/\(parts[1])")
      #expect(last["amount"] == "70" && told("postedAt") == last["createdAt"])

      // The report of what was put right stays as it was.
      #expect(try await worker.report(first, "csv").bytes == before.bytes)
    }
  }

  @Test func `who has nothing left gives nothing back, and a correction of nothing has no lines`()
    async throws
  {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      _ = try await worker.plan(snapshot)
      try await worker.pay()
      try await worker.deduct(130, from: "ada")
      let second = try await Self.revise(snapshot, worker)
      let correction = try await worker.plan(second)
      try await worker.pay()
      let table = try TableUnderTest(try await worker.report(correction, "csv").bytes)
      let ada = try #require(table.records.first { $0["userId"] == "ada" })
      #expect(ada["state"] == "refused" && ada["refusal"] == "insufficient_balance", "\(ada)")
      #expect(ada["posted"] == "0" && ada["outstanding"] == "100" && ada["transactionIds"] == "")

      try await worker.award(500, to: "ada")
      try await Self.retry(correction, worker)
      // Dan is third, before as after.
      let revised = try await worker.send(
        "POST", "/points/snapshots/\(second)/revisions",
        #"{"reason":"typo","scores":[{"userId":"dan","score":11}]}"#)
      let nothing = try await worker.plan(revised["id"] ?? "")
      #expect(nothing["legs"] == "0", "\(nothing.text)")
      try await worker.pay()
      for format in ["csv", "json"] {
        let report = try await worker.report(nothing, format)
        #expect(try ReadRoutesUnderTest.verdict(report.bytes) == .genuine, "\(report.text)")
      }
      let empty = try TableUnderTest(try await worker.report(nothing, "csv").bytes)
      #expect(empty.records.map { $0["record"] } == ["payout", "signature"])
      let document = try await worker.report(nothing, "json")
      #expect(document.count("lines") == 0 && document.count("sums") == 0)
      #expect(document["distribution.phase"] == "paid")
    }
  }
}
