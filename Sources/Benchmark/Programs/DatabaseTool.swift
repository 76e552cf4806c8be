// Our few statements, run by psql on a database of the private Postgres.

struct DatabaseTool: Sendable {
  let connectionURL: String

  /// The rows of the answer, without blank ones.
  func run(
    _ statement: [UInt8], within limit: Duration = .seconds(10), heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Substring] {
    let directory = try TemporaryDirectory()
    let file = "\(directory.path)/statement.sql"
    try TextFile.write(statement, to: file)
    let command = [
      try InstalledTool.psql.find(), "--no-psqlrc", "-q", "-At", "-F", " ", "-v", "ON_ERROR_STOP=1",
      "-f", file, connectionURL,
    ]
    let said = try ChildProgram("psql", command: command).finish(within: limit, heeding: interruption)
    guard !said.contains("ERROR:"), !said.contains("error:") else {
      throw .unreadable(what: "the answer of psql", text: said)
    }
    return said.split(whereSeparator: \.isNewline)
  }

  /// How many batches the ledger has committed.
  func batches(heeding interruption: Interruption) throws(BenchmarkError) -> Int {
    let rows = try run(PackageResources.read_last_batch_sql, heeding: interruption)
    guard rows.count == 1, let count = Int(rows[0]) else {
      throw .unreadable(what: "the number of batches", text: rows.joined(separator: "\n"))
    }
    return count
  }
}
