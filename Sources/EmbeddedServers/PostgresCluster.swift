// The data directory of Postgres: made once, whole or not at all.
//
// A cluster is made beside its place, with its database, and moved there by
// one rename at the end. So a start that was interrupted half-way leaves
// nothing that could be taken for a cluster, and the next start begins anew.

private import Glibc

struct PostgresCluster {
  let home: ServerHome
  let durability: EmbeddedOptions.Durability
  let deadline: ContinuousClock.Instant

  static let userName = "points"
  static let databaseName = "points"
  private static let unfinishedPrefix = "postgres.new-"

  /// The major version that wrote the data, nil when there are none yet.
  var writtenMajor: Int? {
    Disk.readText("\(home.postgresData)/PG_VERSION").flatMap { Int($0.prefix { "0"..."9" ~= $0 }) }
  }

  /// Makes the cluster unless it is there. `programs` is the directory of initdb and postgres.
  func makeIfMissing(programs: String) throws(EmbeddedServersError) {
    try removeUnfinished()
    guard writtenMajor == nil else { return }
    let unfinished = try Disk.makeUniqueDirectory(prefix: "\(home.directory)/\(Self.unfinishedPrefix)")
    try Disk.give(unfinished, to: home.account)
    try Disk.write(Array(Password.random().utf8), to: home.postgresPassword, owner: home.account)
    try initialize(unfinished, programs: programs)
    try createDatabase(in: unfinished, programs: programs)
    try Disk.rename(unfinished, to: home.postgresData)
    try Disk.sync(home.directory)
  }

  private func removeUnfinished() throws(EmbeddedServersError) {
    for name in try Disk.entries(of: home.directory) where name.hasPrefix(Self.unfinishedPrefix) {
      try Tool.removeTree("\(home.directory)/\(name)")
    }
  }

  /// Locale C sorts by bytes, as the service does, and needs nothing from the
  /// system. Whoever can enter the private socket directory is let in; a port of
  /// 127.0.0.1 is open to every user of the machine and asks for the password.
  private func initialize(_ directory: String, programs: String) throws(EmbeddedServersError) {
    var arguments = [
      "--pgdata=\(directory)", "--username=\(Self.userName)", "--pwfile=\(home.postgresPassword)",
      "--encoding=UTF8", "--locale=C", "--auth-local=trust", "--auth-host=scram-sha-256",
    ]
    if durability == .processCrashOnly { arguments.append("--no-sync") }
    try run("\(programs)/initdb", arguments, in: directory)
  }

  private func createDatabase(in directory: String, programs: String) throws(EmbeddedServersError) {
    let statement = "\(directory)/create_database.sql"
    try Disk.write(PackageResources.create_database_sql, to: statement, owner: home.account)
    try run(
      "\(programs)/postgres", ["--single", "-D", directory, "postgres"], in: directory, input: statement)
    Disk.removeFile(statement)
  }

  private func run(
    _ program: String, _ arguments: [String], in directory: String, input: String? = nil
  ) throws(EmbeddedServersError) {
    let tool = Tool(
      program: program, arguments: arguments, workingDirectory: directory, account: home.account, input: input
    )
    _ = try tool.run(until: deadline)
  }
}
