// Reports of payouts for the tests of them: asked for as all callers do, taken apart, and checked.
import Foundation
import Ledger
import LedgerStore

@testable import API
@testable import HTTPServer

/// A report as a table, by its records.
struct TableUnderTest {
  let columns: [String]
  let records: [[String: String]]

  /// RFC 4180, to the letter.
  init(_ bytes: [UInt8]) throws {
    var rows: [[String]] = []
    var (row, cell, isQuoted): ([String], [UInt8], Bool) = ([], [], false)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch (byte, isQuoted) {
      case (0x22, false): isQuoted = true
      case (0x22, true) where index + 1 < bytes.count && bytes[index + 1] == 0x22:
        cell.append(byte)
        index += 1
      case (0x22, true): isQuoted = false
      case (0x2C, false), (0x0D, false):
        row.append(String(decoding: cell, as: UTF8.self))
        cell = []
        if byte == 0x0D {
          guard index + 1 < bytes.count, bytes[index + 1] == 0x0A else { throw Unmet(what: "a line feed") }
          rows.append(row)
          row = []
          index += 1
        }
      case _: cell.append(byte)
      }
      index += 1
    }
    guard row.isEmpty, cell.isEmpty, let head = rows.first else { throw Unmet(what: "a last line") }
    columns = head
    records = try rows.dropFirst().map {
      guard $0.count == head.count else { throw Unmet(what: "\(head.count) columns: \($0)") }
      return Dictionary(uniqueKeysWithValues: zip(head, $0))
    }
  }

  /// The same column of all records of a kind.
  func all(_ record: String, _ column: String) -> [String] {
    records.filter { $0["record"] == record }.compactMap { $0[column] }
  }
}

extension ReadRoutesUnderTest {
  /// The public half of the key of all these tests.
  static let reportKey = "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

  func report(_ payout: Answered, _ format: String) async throws -> Answered {
    try await get("\(Self.payouts)/\(payout["id"] ?? "")/report?format=\(format)", as: .service)
  }

  static func verdict(_ bytes: [UInt8]) throws -> ReportCheck.Verdict {
    guard let key = PublicReportKey(text: reportKey) else { throw Unmet(what: "a key") }
    var check = ReportCheck()
    check.add(bytes)
    return check.verdict(by: key)
  }

  /// The report as a handler would make it, to be read as slowly as a test likes.
  func stream(_ payout: Answered) async throws -> ResponseStream {
    let desk = PayoutDesk(reading: pool, planning: settling)
    guard let key = ReportKey(text: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A") else {
      throw Unmet(what: "a key")
    }
    let report = try await PayoutReport(
      of: try await desk.find(payout["id"] ?? ""), desk,
      PointTypeLookup(lanes.catalog, pool: pool, on: loop), signedBy: key)
    guard case .stream(let stream) = report.response(as: ReportTable()).body else {
      throw Unmet(what: "a stream")
    }
    return stream
  }

  /// So many users, the first with the most points, and a payout for all of their ranks that is paid.
  func payout(ofLines count: Int) async throws -> Answered {
    let type = try await type()
    for first in stride(from: 0, to: count, by: 1_000) {
      try await post(
        (first..<min(first + 1_000, count)).map { number in
          let key = AccountKey(user: UserID(stored: "user-\(number)"), pointType: type)
          return Leg(
            account: key, change: .credit(Int64(2 * count - number)), kind: .award, details: .init())
        })
    }
    try await reward(1...Int64(count), 3)
    let made = try await plan(try await SnapshotRoutesTests.take(self))
    guard made.status == 201 else { throw Unmet(what: "a payout: \(made.text)") }
    return made
  }
}

/// A place for files that is gone with the test.
final class FolderUnderTest {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "points-report-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
  }
}
