// docs/errors.md is what callers program against: it has every code there is, with its status, and no other.
import API
import Foundation
import HTTPServer
import Testing

struct ErrorsDocumentTests {
  private struct Row: Equatable {
    let code: String
    let status: Int
    let words: [String]
  }

  private func documented() throws -> [Row] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/errors.md"), encoding: .utf8)
    return try text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(cells.count == 4, "\(line)")
      return Row(
        code: cells[0].trimmingCharacters(in: ["`"]), status: try #require(Int(cells[1])),
        words: Array(cells[2...]))
    }
  }

  private let codes = ProblemCode.ofHTTP + ProblemCode.ofAPI

  @Test func `every code is documented with its status, and no code that does not exist`() throws {
    let rows = try documented()
    let expected = Set(codes.map { "\($0.name) \($0.status.code)" })
    #expect(Set(rows.map { "\($0.code) \($0.status)" }) == expected)
    #expect(rows.count == codes.count, "a code is listed twice")
    #expect(rows.map(\.status) == rows.map(\.status).sorted(), "the table is in the order of the statuses")
  }

  @Test func `every row says when it happens and what to do, in whole sentences`() throws {
    for row in try documented() {
      #expect(row.words.allSatisfy { $0.count > 10 && $0.hasSuffix(".") }, "\(row.code)")
    }
  }

  @Test func `the list of codes is complete`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
    var made: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
      let isOfCodes = text.contains("extension ProblemCode {")
      for match in text.matches(of: /(?:ProblemCode|Self)\(\s*"([a-z_]+)",\s*\./) where isOfCodes {
        made.insert(String(match.1))
      }
    }
    #expect(made == Set(codes.map { "\($0.name)" }))
  }
}
