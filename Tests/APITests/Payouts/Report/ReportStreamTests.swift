// Reports of many pages: in bounded memory, and never of two states.
import EventLoop
import Foundation
import Ledger
import LedgerStore
import Testing

@testable import API
@testable import HTTPServer

@Suite(.serialized) struct ReportStreamTests {
  /// Reads a report piece by piece, and may do something in between.
  private final class Reader: ResponseWriter, @unchecked Sendable {
    private(set) var pieces = 0
    private(set) var largest = 0
    private(set) var lines = 0
    private var check: ReportCheck? = ReportCheck()
    private let meanwhile: (Int) async -> Void

    init(_ meanwhile: @escaping (_ piece: Int) async -> Void = { _ in }) {
      self.meanwhile = meanwhile
    }

    func write(_ bytes: [UInt8]) async throws(HTTPStreamError) {
      pieces += 1
      largest = max(largest, bytes.count)
      lines += bytes.count { $0 == 0x0A }
      check?.add(bytes)
      await meanwhile(pieces)
    }

    func verdict() throws -> ReportCheck.Verdict {
      guard let key = PublicReportKey(text: ReadRoutesUnderTest.reportKey), let check = check.take() else {
        throw Unmet(what: "a key")
      }
      return check.verdict(by: key)
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func `a report of many lines comes page by page, each as large as the others`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let count = 20_500
      let made = try await worker.payout(ofLines: count)
      #expect(try await worker.pay().credited == count)
      let reader = Reader()
      try await worker.stream(made).produce(reader)
      #expect(try reader.verdict() == .genuine)
      // The names of columns, the payout, a sum and the signature.
      #expect(reader.lines == count + 4 && reader.pieces > 40)
      #expect(reader.largest < 300_000, "\(reader.largest) bytes at once")
      let document = try await worker.report(made, "json")
      #expect(try ReadRoutesUnderTest.verdict(document.bytes) == .genuine)
      let whole = try JSONSerialization.jsonObject(with: Data(document.bytes)) as? [String: Any]
      let lines = try #require(whole?["lines"] as? [[String: Any]])
      #expect(lines.count == count && lines.compactMap { $0["leg"] as? Int } == Array(1...count))
      #expect(lines.compactMap { $0["userId"] as? String } == (0..<count).map { "user-\($0)" })
      #expect(lines.compactMap { $0["score"] as? Int } == (0..<count).map { 2 * count - $0 })
      #expect((whole?["sums"] as? [[String: Any]])?.first?["posted"] as? Int == 3 * count)
    }
  }

  @Test func `a payout that is tried again meanwhile has its report cut off`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let made = try await worker.payout(ofLines: 1_300)
      try await worker.setEnabled(false, "user-1234")
      #expect(try await worker.pay().refused == 1)
      try await worker.setEnabled(true, "user-1234")
      let path = "\(ReadRoutesUnderTest.payouts)/\(made["id"] ?? "")/retry"
      let reader = Reader { piece in
        guard piece == 1 else { return }
        _ = try? await worker.send("POST", path, nil, as: .payouts)
        _ = try? await worker.pay()
      }
      await #expect(throws: HTTPStreamError.sourceFailed) { try await worker.stream(made).produce(reader) }
      #expect(try reader.verdict() == .unsigned)
      // It is at rest again, and has another.
      let report = try await worker.report(made, "csv")
      #expect(try ReadRoutesUnderTest.verdict(report.bytes) == .genuine)
      #expect(try TableUnderTest(report.bytes).all("sum", "posted") == ["3900"])
    }
  }

  @Test func `a payout that only waits to be tried again has its report cut off, too`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let made = try await worker.payout(ofLines: 600)
      try await worker.setEnabled(false, "user-1")
      try await worker.pay()
      let path = "\(ReadRoutesUnderTest.payouts)/\(made["id"] ?? "")/retry"
      let reader = Reader { piece in
        if piece == 1 { _ = try? await worker.send("POST", path, nil, as: .payouts) }
      }
      await #expect(throws: HTTPStreamError.sourceFailed) { try await worker.stream(made).produce(reader) }
      #expect(try reader.verdict() == .unsigned)
    }
  }

  @Test func `ranks whose entries are removed meanwhile have no scores, and no half of them`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let made = try await worker.payout(ofLines: 600)
      try await worker.pay()
      let snapshot = try #require(SnapshotID(text: made["snapshotId"] ?? ""))
      let retention = SnapshotRetention(pool: worker.pool)
      let reader = Reader { piece in
        guard piece == 1 else { return }
        _ = try? await retention.keep(snapshot, until: Instant(microseconds: Instant.now.microseconds - 1))
        _ = try? await retention.remove(snapshot)
      }
      await #expect(throws: HTTPStreamError.sourceFailed) { try await worker.stream(made).produce(reader) }
      #expect(try reader.verdict() == .unsigned)
      let report = try await worker.report(made, "json")
      #expect(try ReadRoutesUnderTest.verdict(report.bytes) == .genuine)
      #expect(report["snapshot.hasEntries"] == "false" && report["snapshot.digest"]?.count == 64)
      #expect(Set(report.all("lines", "score")) == ["null"] && report["lines.0.rank"] == "1")
    }
  }
}
