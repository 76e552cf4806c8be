// The commands of docs/operations.md that tests run as they stand there, so that they cannot go stale. A
// block of code that is run has its name in a comment on the line before it.
import Foundation
import Testing

struct OperationsDocument {
  private let text: String

  init() throws {
    text = try ContractDocument.text(of: "docs/operations.md")
  }

  /// The code of a block. What it calls `/backups` is the directory given.
  func block(_ name: String, backups: String) throws -> String {
    let parts = text.components(separatedBy: "<!-- tested: \(name) -->\n```")
    try #require(parts.count == 2, "docs/operations.md has no block of the name \(name), or several")
    let code = try #require(parts[1].components(separatedBy: "\n```\n").first)
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    return lines.joined(separator: "\n").replacing("/backups", with: backups)
  }
}
