// What administrators do to a server of a test from a shell of theirs: its own client programs, and copies of
// its files.
import EmbeddedServers
import Foundation

enum ServerTools {
  struct Failed: Error {
    let command: String
    let complaint: String
  }

  /// Runs one of Postgres's programs, of the installation that the server is of; returns what it wrote.
  @discardableResult
  static func postgres(
    _ program: String, _ arguments: [String], of servers: EmbeddedServers
  ) throws -> String {
    guard let id = servers.postgres.processID else {
      throw Failed(command: program, complaint: "no server runs")
    }
    let server = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/exe")
    let folder = URL(filePath: server).deletingLastPathComponent()
    return try run(folder.appending(path: program).path, arguments)
  }

  /// Statements of an administrator, each by itself, in a session that may write whatever the default is.
  static func sql(_ statements: [String], in url: String, of servers: EmbeddedServers) throws {
    let all = ["SET default_transaction_read_only = off"] + statements
    try postgres(
      "psql", ["-qAtX", "-v", "ON_ERROR_STOP=1", "-d", url] + all.flatMap { ["-c", $0] }, of: servers)
  }

  @discardableResult
  static func run(_ path: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let (output, complaints) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = complaints
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = complaints.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(
        command: ([path] + arguments).joined(separator: " "),
        complaint: String(decoding: complaint, as: UTF8.self))
    }
    return String(decoding: said, as: UTF8.self)
  }
}

/// A copy of all files of a Postgres as they were at one instant, like a snapshot of its disk.
final class PostgresFiles {
  private let data: String
  private let copy: String

  init(of servers: EmbeddedServers) throws {
    data = "\(servers.directory)/postgres"
    copy = "\(servers.directory)/postgres.\(UUID().uuidString)"
    servers.postgres.pause()
    defer { servers.postgres.resume() }
    try ServerTools.run("/bin/cp", ["-a", data, copy])
    try? FileManager.default.removeItem(atPath: "\(copy)/postmaster.pid")
  }

  deinit {
    try? FileManager.default.removeItem(atPath: copy)
  }

  /// In the place of what a stopped server has.
  func putBack() throws {
    try FileManager.default.removeItem(atPath: data)
    try ServerTools.run("/bin/cp", ["-a", copy, data])
  }
}
