// `postmaster.pid`, by which Postgres says how it is, and by which it guards its data.

struct PostmasterFile: Sendable {
  let data: String
  let socketDirectory: String
  let port: UInt16

  private var path: String { "\(data)/postmaster.pid" }

  private var lines: [Substring] {
    (Disk.readText(path) ?? "").split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Postgres writes its state into the eighth line, `ready` once it takes connections (pg_ctl waits for the
  /// same). The first line is compared because the file may still be that of a server that was killed.
  func saysReady(processID: Int) -> Bool {
    let lines = lines
    return lines.count >= 8 && Int(lines[0]) == processID && lines[7].hasPrefix("ready")
  }

  /// After a crash the file names a process that is no more. When the id meanwhile
  /// belongs to some other process, Postgres would take that for a server and refuse to
  /// start. Only then is the file removed: no process works on the data, or we would
  /// not be here, while Postgres can make further checks with the rest of the file.
  func removeIfMisleading() {
    guard let recorded = lines.first.flatMap({ Int($0) }), ProcessTable.exists(recorded) else { return }
    Disk.removeFile(path)
    Disk.removeFile("\(socketDirectory)/.s.PGSQL.\(port).lock")
  }
}
