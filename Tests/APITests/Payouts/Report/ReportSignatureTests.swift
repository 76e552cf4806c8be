// Whether reports prove themselves: to our own check, and to whoever has nothing but openssl.
import Cryptography
import Foundation
import Ledger
import LedgerStore
import TestSupport
import Testing

@testable import API
@testable import EmbeddedServers
@testable import HTTPServer

@Suite(.serialized) struct ReportSignatureTests {
  /// Both forms of a report of four lines.
  private static func reports(_ worker: ReadRoutesUnderTest) async throws -> [[UInt8]] {
    let made = try await worker.plan(try await worker.ranks())
    try await worker.setEnabled(false, "cy")
    try await worker.pay()
    return [try await worker.report(made, "csv").bytes, try await worker.report(made, "json").bytes]
  }

  @Test func `any byte that is changed, taken away or added is noticed`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      for report in try await Self.reports(worker) {
        #expect(try ReadRoutesUnderTest.verdict(report) == .genuine)
        for index in report.indices {
          var changed = report
          changed[index] ^= 1
          #expect(try ReadRoutesUnderTest.verdict(changed) != .genuine, "byte \(index) is another")
          changed = report
          changed.remove(at: index)
          #expect(try ReadRoutesUnderTest.verdict(changed) != .genuine, "byte \(index) is gone")
        }
        for more in ["\n", "\r\n", " ", "x", "sum,\r\n"] {
          #expect(try ReadRoutesUnderTest.verdict(report + Array(more.utf8)) == .unsigned)
          #expect(try ReadRoutesUnderTest.verdict(Array(more.utf8) + report) != .genuine)
        }
        #expect(try ReadRoutesUnderTest.verdict([]) == .unsigned)
      }
    }
  }

  @Test func `each way to be wrong has its name`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let reports = try await Self.reports(worker)
      for report in reports {
        let lines = report.split(separator: 0x0A, omittingEmptySubsequences: true)
        let cut = Array(lines.dropLast().joined(separator: [0x0A])) + [0x0A]
        #expect(try ReadRoutesUnderTest.verdict(cut) == .unsigned)
        let text = String(decoding: report, as: UTF8.self)
        let more = Array(text.replacing("Podium", with: "podium").utf8)
        #expect(try ReadRoutesUnderTest.verdict(more) == .changed)
        // Who changes the digest in the last line as well has no signature for it.
        let seal = try #require(Self.seal(of: report))
        var other = seal.digest
        other[0] ^= 1
        let key = try #require(ReportKey(text: ReportKey.makeText()))
        let forged = ReportSeal(of: other, by: key)
        let put = text.replacing(Hexadecimal.text(of: seal.digest), with: Hexadecimal.text(of: other))
        #expect(try ReadRoutesUnderTest.verdict(Array(put.utf8)) == .changed)
        // Nor has one who signs with a key of his own the right one.
        let lastLine =
          text.hasPrefix("{") ? ReportDocument().line(of: forged) : ReportTable().line(of: forged)
        #expect(
          try ReadRoutesUnderTest.verdict(cut + lastLine) == .signedByAnother(keyID: key.publicKey.id))
      }
      // The signature of one report does not do for another, however alike they are.
      let seals = reports.compactMap(Self.seal)
      try #require(seals.count == 2)
      let text = String(decoding: reports[0], as: UTF8.self)
      let swapped = text.replacing(Self.signature(seals[0]), with: Self.signature(seals[1]))
      #expect(swapped != text)
      #expect(try ReadRoutesUnderTest.verdict(Array(swapped.utf8)) == .forged)
    }
  }

  @Test func `pieces of any size are checked as the whole is`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let key = try #require(PublicReportKey(text: ReadRoutesUnderTest.reportKey))
      for report in try await Self.reports(worker) {
        for size in [1, 7, 100, report.count] {
          var check = ReportCheck()
          for start in stride(from: 0, to: report.count, by: size) {
            check.add(Array(report[start..<min(start + size, report.count)]))
          }
          let verdict = check.verdict(by: key)
          #expect(verdict == .genuine, "pieces of \(size)")
        }
      }
    }
  }

  @Test func `an auditor checks it as the documentation says, with openssl alone`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let commands = try Self.commands()
      let pem = try #require(try await worker.get("/points/report-key")["pem"])
      for report in try await Self.reports(worker) {
        let folder = try FolderUnderTest()
        try folder.write(Array(pem.utf8), to: "report-key.pem")
        try folder.write(report, to: "payout.csv")
        let said = try Self.run(commands, in: folder)
        #expect(said.contains("Signature Verified Successfully"), "\(said)")

        var changed = report
        let place = try #require(changed.firstIndex(of: UInt8(ascii: "4")))
        changed[place] = UInt8(ascii: "9")
        try folder.write(changed, to: "payout.csv")
        #expect(throws: EmbeddedServersError.self) { try Self.run(commands, in: folder) }
      }
    }
  }

  /// The block of docs/payouts.md that ends with openssl.
  private static func commands() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/payouts.md"), encoding: .utf8)
    let block = text.components(separatedBy: "```sh\n").compactMap {
      $0.components(separatedBy: "```").first
    }.first { $0.contains("openssl pkeyutl") }
    return try #require(block)
  }

  private static func run(_ commands: String, in folder: FolderUnderTest) throws -> String {
    try Tool(
      program: "/bin/sh", arguments: ["-e", "-c", commands], workingDirectory: folder.path
    ).run(until: .now + .seconds(30))
  }

  private static func seal(of report: [UInt8]) -> ReportSeal? {
    let lines = report.split(separator: 0x0A).map { Array($0) + [0x0A] }
    guard let first = lines.first, let last = lines.last else { return nil }
    return ReportSeal(line: last, columns: 1 + first.count { $0 == UInt8(ascii: ",") })
  }

  private static func signature(_ seal: ReportSeal) -> String {
    PublicReportKey.mark + Base64URL.text(of: seal.signature)
  }
}
