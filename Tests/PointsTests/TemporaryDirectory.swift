// A directory for one test, and whatever root's servers linked from it.
import Foundation

@testable import EmbeddedServers

final class TemporaryDirectory {
  let path: String

  init() throws {
    path = try Self.make()
  }

  deinit {
    if let home = Disk.target(ofLink: "\(path)/.points/\(ServerHome.linkName)") { try? Tool.removeTree(home) }
    try? Tool.removeTree(path)
  }

  static func make() throws -> String {
    try Disk.makeUniqueDirectory(prefix: "/tmp/points-program-")
  }

  /// Where a `points dev` that was run here keeps its data.
  func home() throws -> String {
    let named = "\(path)/.points"
    return try Disk.target(ofLink: "\(named)/\(ServerHome.linkName)") ?? Disk.realPath(named)
  }

  /// Its servers.
  func servers() throws -> [Int] {
    let home = try home()
    return ProcessTable.processes(named: "postgres", workingIn: "\(home)/postgres")
      + ProcessTable.processes(named: "redis-server", workingIn: "\(home)/redis")
  }
}
