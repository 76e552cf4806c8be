// Somebody who backs up and restores: a shell, with the programs of Postgres and of Points at hand, and a
// place for backups.
import EmbeddedServers
import Foundation
import TestSupport

@testable import EmbeddedServers

final class Operator {
  /// Whom the servers belong to; nil where that is us.
  private let account = UnprivilegedAccount.forServers()
  private let programs: String
  let backups: String
  private var variables: [String: String] = [:]

  init() throws {
    programs = try InstalledPrograms(account: account).postgresDirectory(writingMajor: nil, data: "")
    backups = try Disk.makeUniqueDirectory(prefix: "/tmp/points-backups-")
    try Disk.give(backups, to: account)
    try run("mkdir -p \(backups)/wal \(backups)/sockets && chmod 700 \(backups)/sockets", asServer: true)
  }

  deinit {
    try? Tool.removeTree(backups)
  }

  /// Says what a variable of the commands stands for.
  func set(_ name: String, _ value: String) { variables[name] = value }

  /// Runs the commands, and returns what they wrote. As whom Postgres runs, or as whoever we are.
  @discardableResult
  func run(_ commands: String, asServer: Bool = false) throws -> String {
    let path = "\(programs):\(URL(filePath: Program.path).deletingLastPathComponent().path)"
    let exports = variables.map { "export \($0.key)=\(Self.quoted($0.value))" }.joined(separator: "\n")
    let script =
      "export PATH=\(Self.quoted(path)):$PATH HOME=\(Self.quoted(backups))\n\(exports)\n\(commands)"
    let shell = Tool(
      program: "/bin/bash", arguments: ["-euo", "pipefail", "-c", script], workingDirectory: backups,
      account: asServer ? account : nil)
    return try shell.run(until: .now + .seconds(120))
  }

  /// Runs a block of docs/operations.md.
  @discardableResult
  func follow(_ block: String, asServer: Bool = false) throws -> String {
    try run(try OperationsDocument().block(block, backups: backups), asServer: asServer)
  }

  /// The lines of a block of settings.
  func settings(_ block: String) throws -> [String] {
    try OperationsDocument().block(block, backups: backups).split(separator: "\n").map { line in
      String(line).replacing(/\s*=\s*/, with: "=", maxReplacements: 1).replacing("'", with: "")
    }
  }

  private static func quoted(_ text: String) -> String {
    "'\(text.replacing("'", with: "'\\''"))'"
  }
}
