// Processes that are not our children, found through /proc. A server's working
// directory is its data directory, and so is that of each backend Postgres
// forks: this tells which processes work on given data, even after a crash.

private import Glibc

enum ProcessTable {
  static var ownID: Int { Int(getpid()) }

  /// The processes with this name that work in this directory (a path without links).
  static func processes(named name: String, workingIn directory: String) -> [Int] {
    let ids = ((try? Disk.entries(of: "/proc")) ?? []).compactMap { Int($0) }
    return ids.filter { id in
      guard let place = Disk.target(ofLink: "/proc/\(id)/cwd") else { return false }
      return place == directory && Disk.readText("/proc/\(id)/comm") == "\(name)\n"
    }
  }

  /// Whether any process has this id, also one that we may not signal.
  static func exists(_ id: Int) -> Bool {
    guard let id = pid_t(exactly: id), id > 0 else { return false }
    return kill(id, 0) == 0 || errno == EPERM
  }

  static func signal(_ ids: [Int], _ number: Int32) {
    for id in ids {
      if let id = pid_t(exactly: id), id > 0 { _ = kill(id, number) }
    }
  }
}
