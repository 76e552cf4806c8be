// A directory for one test, with whatever root's servers linked from it.

@testable import EmbeddedServers

final class TemporaryDirectory {
  let path: String

  init(prefix: String = "/tmp/points-tests-") throws {
    path = try Disk.makeUniqueDirectory(prefix: prefix)
  }

  deinit {
    if let linked = Disk.target(ofLink: "\(data)/\(ServerHome.linkName)") { try? Tool.removeTree(linked) }
    try? Tool.removeTree(path)
  }

  /// What `points dev` would call `.points`: not there yet.
  var data: String { "\(path)/data" }

  /// Where the servers' files really are.
  static func home(of data: String) throws -> String {
    try Disk.target(ofLink: "\(data)/\(ServerHome.linkName)") ?? Disk.realPath(data)
  }

  /// The processes of both servers that work under this home.
  static func servers(in home: String) -> [Int] {
    ProcessTable.processes(named: "postgres", workingIn: "\(home)/postgres")
      + ProcessTable.processes(named: "redis-server", workingIn: "\(home)/redis")
  }
}
