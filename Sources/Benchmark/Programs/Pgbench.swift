// The yardstick of awards: TPC-B as pgbench knows it, with prepared statements, on the same Postgres.
// One transaction changes three balances and adds a row of history: what a ledger without batches would do.

struct Pgbench: Sendable {
  private static let scale = 20
  private static let clients = 8
  static let summary = "pgbench TPC-B -M prepared -c \(clients) -s \(scale)"

  private let database: DatabaseTool

  /// Makes a database of its own, and fills it.
  init(on stores: Stores, heeding interruption: Interruption) throws(BenchmarkError) {
    _ = try stores.ledger.run(PackageResources.create_yardstick_database_sql, heeding: interruption)
    database = stores.database("yardstick")
    let fill = ["-i", "-q", "-s", "\(Self.scale)"]
    _ = try run(fill, within: .seconds(300), heeding: interruption)
    _ = try database.run(
      PackageResources.settle_tables_sql, within: .seconds(300), heeding: interruption)
  }

  func transactionsPerSecond(
    seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) -> Double {
    let arguments = ["-n", "-M", "prepared", "-c", "\(Self.clients)", "-T", "\(seconds)"]
    let said = try run(arguments, within: .seconds(seconds + 60), heeding: interruption)
    return try PgbenchReport(said).transactionsPerSecond
  }

  private func run(
    _ arguments: [String], within limit: Duration, heeding interruption: Interruption
  ) throws(BenchmarkError) -> String {
    let command = [try InstalledTool.pgbench.find()] + arguments + [database.connectionURL]
    return try ChildProgram("pgbench", command: command).finish(within: limit, heeding: interruption)
  }
}
