// What reports of payouts say, and when there are any.
import Ledger
import LedgerStore
import Testing

@testable import API
@testable import HTTPServer

@Suite(.serialized) struct PayoutReportTests {
  @Test func `a table tells of the payout, each line and their sums, and is signed`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      let made = try await worker.plan(snapshot)
      try await worker.setEnabled(false, "bob")
      try await worker.pay()
      let paid = try await worker.get("\(ReadRoutesUnderTest.payouts)/\(made["id"] ?? "")")
      let report = try await worker.report(made, "csv")
      #expect(report.status == 200 && report.contentType == "text/csv; charset=utf-8; header=present")
      #expect(try ReadRoutesUnderTest.verdict(report.bytes) == .genuine)
      let table = try TableUnderTest(report.bytes)
      #expect(table.records.map { $0["record"] } == ["payout", "line", "line", "line", "sum", "signature"])
      let head = try #require(table.records.first)
      let taken = try await worker.get("/points/snapshots/\(snapshot)")
      for (column, value) in [
        ("distributionId", paid["id"]), ("snapshotId", snapshot), ("snapshotDigest", taken["digest"]),
        ("snapshotRevision", "1"), ("asOf", taken["asOf"]), ("rulesAt", paid["rulesAt"]), ("ties", "best"),
        ("hash", paid["hash"]), ("isCorrection", "false"), ("winners", "3"), ("lines", "3"),
        ("phase", "paid"), ("plannedAt", paid["plannedAt"]), ("plannedBy", "payouts"),
        ("executedAt", paid["executedAt"]), ("board", "balance"), ("decidedBy", ""),
      ] {
        #expect(head[column] == value, "\(column)")
      }
      let lines = try await worker.get("\(ReadRoutesUnderTest.payouts)/\(made["id"] ?? "")/transactions")
      #expect(table.all("line", "userId") == ["ada", "bob", "cy"])
      #expect(table.all("line", "leg") == ["1", "2", "3"] && table.all("line", "rank") == ["1", "2", "2"])
      #expect(table.all("line", "score") == ["30", "20", "20"])
      #expect(table.all("line", "state") == ["credited", "refused", "credited"])
      #expect(table.all("line", "refusal") == ["", "user_disabled", ""])
      #expect(table.all("line", "amount") == ["100", "40", "40"])
      #expect(table.all("line", "posted") == ["100", "0", "40"])
      #expect(table.all("line", "outstanding") == ["0", "40", "0"])
      #expect(table.all("line", "ruleName") == ["Podium", "Podium", "Podium"])
      #expect(table.all("line", "ruleRevision") == ["1", "1", "1"])
      #expect(table.all("line", "ruleId") == lines.all("lines", "ruleId").map { $0 ?? "" })
      let ids = lines.all("lines", "transactionId").map { $0 == "null" ? "" : $0 ?? "?" }
      #expect(table.all("line", "transactionIds") == ids && ids[1].isEmpty && ids[0].count == 36)
      let posted = try await worker.get("/points/transactions/\(ids[2])")
      #expect(table.all("line", "postedAt")[2] == posted["createdAt"])
      for (column, value) in [
        ("amount", "180"), ("posted", "140"), ("outstanding", "40"), ("lines", "3"), ("refusedLines", "1"),
        ("pointType", "points"), ("change", "give"),
      ] {
        #expect(table.all("sum", column) == [value], "\(column)")
      }
      let key = try await worker.get("/points/report-key", as: .service)
      #expect(key["publicKey"] == ReadRoutesUnderTest.reportKey && key["algorithm"] == "Ed25519")
      #expect(table.all("signature", "keyId").first == key["keyId"] && key["keyId"]?.count == 16)
      #expect(table.all("signature", "publicKey") == [ReadRoutesUnderTest.reportKey])
    }
  }

  @Test func `a document says the same, and either is chosen by format or by Accept`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let made = try await worker.plan(try await worker.ranks())
      try await worker.pay()
      let report = try await worker.report(made, "json")
      #expect(report.status == 200 && report.contentType == "application/json")
      #expect(try ReadRoutesUnderTest.verdict(report.bytes) == .genuine)
      #expect(report["report"] == "points payout report 1" && report["distribution.id"] == made["id"])
      #expect(report["distribution.sums.0.given"] == "180" && report["distribution.phase"] == "paid")
      #expect(report["snapshot.id"] == made["snapshotId"] && report["snapshot.hasEntries"] == "true")
      let table = try await worker.report(made, "csv")
      let records = try TableUnderTest(table.bytes)
      for name in [
        "leg", "userId", "pointType", "change", "amount", "posted", "outstanding", "state", "rank", "place",
        "score", "ruleId", "ruleName", "ruleRevision", "postedAt",
      ] {
        #expect(report.all("lines", name) == records.all("line", name), "\(name)")
      }
      #expect(report["lines.0.transactionIds.0"] == records.all("line", "transactionIds").first)
      #expect(report["sums.0.posted"] == "180" && report.count("sums") == 1 && report.count("lines") == 3)
      #expect(report["signature.keyId"] == records.all("signature", "keyId").first)

      let path = "\(ReadRoutesUnderTest.payouts)/\(made["id"] ?? "")/report"
      #expect(try await worker.get(path).bytes == table.bytes)
      #expect(try await worker.get(path, as: .payouts, "Accept: */*").bytes == table.bytes)
      #expect(try await worker.get(path, as: .admin, "Accept: application/json").bytes == report.bytes)
      let mixed = try await worker.get("\(path)?format=csv", as: .admin, "Accept: application/json")
      #expect(mixed.bytes == table.bytes)
      for wrong in ["format=xml", "limit=3"] {
        #expect(try await worker.get("\(path)?\(wrong)").problem == "400 validation_failed")
      }
    }
  }

  @Test func `nothing gets out of its cell, in a spreadsheet neither`() async throws {
    let users = ["=1+1", "+49 30", "-x", "@a", "a,b", "q\"q", "名前 ü", "' OR 1", "a\u{2028}b"]
    try await ReadRoutesUnderTest.running { worker in
      for (index, user) in users.enumerated() { try await worker.award(Int64(100 - index), to: user) }
      try await worker.reward(1...20, 5)
      let made = try await worker.plan(try await SnapshotRoutesTests.take(worker))
      try await worker.pay()
      let table = try await worker.report(made, "csv")
      #expect(try ReadRoutesUnderTest.verdict(table.bytes) == .genuine)
      let shown = try TableUnderTest(table.bytes).all("line", "userId")
      let harmless = users.map { "=+-@".contains($0.first ?? "a") ? "'" + $0 : $0 }
      #expect(shown == harmless)
      let document = try await worker.report(made, "json")
      #expect(document.all("lines", "userId") == users)
    }
  }

  @Test func `a payout that waits or is being paid has no report, and one that was rejected says so`()
    async throws
  {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      try await worker.setTerms(needsApproval: true)
      let made = try await worker.plan(snapshot)
      let early = try await worker.report(made, "csv")
      #expect(early.problem == "409 distribution_out_of_turn" && early["phase"] == "waiting")
      let path = "\(ReadRoutesUnderTest.payouts)/\(made["id"] ?? "")"
      _ = try await worker.send("POST", "\(path)/reject", #"{"reason":"two,\n\"lines\""}"#)
      let rejected = try await worker.report(made, "csv")
      #expect(try ReadRoutesUnderTest.verdict(rejected.bytes) == .genuine)
      let table = try TableUnderTest(rejected.bytes)
      #expect(table.all("payout", "phase") == ["rejected"] && table.all("payout", "decidedBy") == ["admin"])
      #expect(table.all("payout", "reason") == ["two,\n\"lines\""])
      #expect(table.all("line", "state") == ["notPosted", "notPosted", "notPosted"])
      #expect(table.all("sum", "posted") == ["0"] && table.all("sum", "outstanding") == ["180"])
      try await worker.setTerms()
      let second = try await worker.plan(snapshot)
      let paying = try await worker.report(second, "json")
      #expect(paying.problem == "409 distribution_out_of_turn" && paying["phase"] == "paying")
      let nowhere = "\(ReadRoutesUnderTest.payouts)/019c1234-0000-4000-8000-000000000000/report"
      #expect(try await worker.get(nowhere).problem == "404 not_found")
    }
  }

  @Test func `without a key nothing is handed out`() async throws {
    var settings = ReadRoutesUnderTest.Settings()
    settings.reportKey = nil
    try await ReadRoutesUnderTest.running(settings) { worker in
      let made = try await worker.plan(try await worker.ranks())
      try await worker.pay()
      for format in ["csv", "json"] {
        #expect(try await worker.report(made, format).problem == "409 report_key_missing")
      }
      #expect(try await worker.get("/points/report-key").problem == "409 report_key_missing")
    }
  }

  @Test func `the same payout gives the same bytes until it is tried again`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let made = try await worker.plan(try await worker.ranks())
      try await worker.setEnabled(false, "bob")
      try await worker.pay()
      for format in ["csv", "json"] {
        let (one, other) = (try await worker.report(made, format), try await worker.report(made, format))
        #expect(one.bytes == other.bytes && one.status == 200)
      }
      let before = try await worker.report(made, "csv")
      // What becomes of the users or of their points later is another matter.
      try await worker.setEnabled(true, "bob")
      try await worker.deduct(50, from: "ada")
      #expect(try await worker.report(made, "csv").bytes == before.bytes)
      let retried = try await worker.send(
        "POST", "\(ReadRoutesUnderTest.payouts)/\(made["id"] ?? "")/retry", nil, as: .payouts)
      #expect(retried.status == 200)
      #expect(try await worker.report(made, "csv").problem == "409 distribution_out_of_turn")
      try await worker.pay()
      let after = try await worker.report(made, "csv")
      #expect(after.bytes != before.bytes)
      #expect(try ReadRoutesUnderTest.verdict(after.bytes) == .genuine)
      let table = try TableUnderTest(after.bytes)
      #expect(table.all("line", "state") == ["credited", "credited", "credited"])
      #expect(table.all("sum", "posted") == ["180"] && table.all("sum", "refusedLines") == ["0"])
      let lines = try await worker.get("\(ReadRoutesUnderTest.payouts)/\(made["id"] ?? "")/transactions")
      #expect(table.all("line", "transactionIds") == lines.all("lines", "transactionId").map { $0 ?? "" })
    }
  }
}
