// Finds the installed servers. Debian keeps Postgres out of PATH, one directory per major version.

private import Glibc

struct InstalledPrograms {
  /// The account that will run the programs also asks for
  /// their versions: what it cannot reach is no candidate.
  let account: UnprivilegedAccount?

  static let postgresMajorMinimum = 14
  static let redisMajorMinimum = 6

  /// The directory with `postgres` and `initdb` to use: the newest one, or the one that wrote the data.
  func postgresDirectory(writingMajor: Int?, data: String) throws(EmbeddedServersError) -> String {
    var newestTooOld: ProgramVersion?
    var found = false
    for directory in postgresDirectories() {
      guard let version = version(of: "\(directory)/postgres") else { continue }
      found = true
      guard version.major >= Self.postgresMajorMinimum else {
        newestTooOld = newestTooOld ?? version
        continue
      }
      if writingMajor == nil || writingMajor == version.major { return directory }
    }
    if let writingMajor, found { throw .dataNeedVersion(major: writingMajor, directory: data) }
    guard let newestTooOld else { throw .missingProgram(name: "Postgres", package: "postgresql") }
    throw .tooOld(
      program: "Postgres", found: newestTooOld.text, needed: Self.postgresMajorMinimum, package: "postgresql")
  }

  func redisServer() throws(EmbeddedServersError) -> String {
    var newestTooOld: ProgramVersion?
    for directory in Self.searchPath + ["/usr/local/redis/bin", "/opt/redis/bin"] {
      let program = "\(directory)/redis-server"
      guard Disk.isExecutable(program), let version = version(of: program) else { continue }
      if version.major >= Self.redisMajorMinimum { return program }
      newestTooOld = newestTooOld ?? version
    }
    guard let newestTooOld else { throw .missingProgram(name: "Redis", package: "redis-server") }
    throw .tooOld(
      program: "Redis", found: newestTooOld.text, needed: Self.redisMajorMinimum, package: "redis-server")
  }

  /// Whatever is needed besides the servers themselves. A Debian without it has been cut down on purpose.
  static func checkSystemTools() throws(EmbeddedServersError) {
    guard Disk.isExecutable(Launch.setprivPath) else {
      throw .missingProgram(name: "setpriv", package: "util-linux")
    }
  }

  private func postgresDirectories() -> [String] {
    let usual = Self.versionedDirectories(of: "/usr/lib/postgresql", prefix: "", suffix: "/bin")
    let others = Self.versionedDirectories(of: "/usr", prefix: "pgsql-", suffix: "/bin")
    return (usual + Self.searchPath + others + ["/usr/local/pgsql/bin"]).filter { directory in
      Disk.isExecutable("\(directory)/postgres") && Disk.isExecutable("\(directory)/initdb")
    }
  }

  private func version(of program: String) -> ProgramVersion? {
    let question = Tool(program: program, arguments: ["--version"], account: account)
    guard let answer = try? question.run(until: .now + .seconds(10)) else { return nil }
    return ProgramVersion(answer: answer)
  }

  /// Directories such as /usr/lib/postgresql/15/bin, the newest first: 15 comes before 9.6.
  private static func versionedDirectories(of parent: String, prefix: String, suffix: String) -> [String] {
    let names = ((try? Disk.entries(of: parent)) ?? []).filter { $0.hasPrefix(prefix) }
    let versions = names.compactMap { name in
      Double(name.dropFirst(prefix.count)).map { (name: name, version: $0) }
    }
    return versions.sorted { $0.version > $1.version }.map { "\(parent)/\($0.name)\(suffix)" }
  }

  private static var searchPath: [String] {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
    let usual = ["/usr/bin", "/usr/local/bin", "/usr/sbin", "/usr/local/sbin"]
    return path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") } + usual
  }
}
