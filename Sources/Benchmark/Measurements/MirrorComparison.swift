// Building the mirror of all accounts anew, and verifying it, beside the least that could be done: a COPY of
// the accounts piped into HSET and ZADD.
private import EmbeddedServers

struct MirrorComparison {
  private static let barMostToRebuild = 1.5
  private static let barMostToVerify = 3.0
  /// Each takes many seconds and is steady.
  private static let rounds = 3

  private var copied: [Double] = []
  private var rebuilt: [Double] = []
  private var verified: [Double] = []
  private var ledger: [Double] = []
  private var transactions = 0

  consuming func run(
    _ filled: borrowing FilledLedger, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    for _ in 0..<Self.rounds {
      copied.append(try copy(stores, heeding: interruption))
      let start = ContinuousClock.now
      let said = try ask(["rebuild", "--type", "points"], stores, heeding: interruption)
      guard said.contains("rebuilt points") else { throw .unreadable(what: "points rebuild", text: said) }
      rebuilt.append((ContinuousClock.now - start) / .seconds(1))
      try verify(filled, stores, heeding: interruption)
    }
    return findings(members: filled.members)
  }

  private mutating func verify(
    _ filled: borrowing FilledLedger, _ stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let said = try ask(["verify", "--type", "points", "--json"], stores, heeding: interruption)
    guard let report = VerifyReport(said), report.isWhole else {
      throw .unreadable(what: "points verify", text: "\(said)\n\(filled.service.program.lastWords())")
    }
    verified.append(report.mirrorSeconds)
    ledger.append(report.ledgerSeconds)
    transactions = report.transactions
  }

  private func ask(
    _ arguments: [String], _ stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> String {
    let environment = [
      "POINTS_DATABASE_URL": stores.servers.postgres.connectionURL,
      "POINTS_REDIS_URL": stores.servers.redis.connectionURL,
    ]
    let command = [try OwnProgram.path()] + arguments
    let child = try ChildProgram("points \(arguments[0])", command: command, environment: environment)
    return try child.finish(within: .seconds(600), heeding: interruption)
  }

  /// In seconds, into a database beside that of the mirrors.
  private func copy(_ stores: Stores, heeding interruption: Interruption) throws(BenchmarkError) -> Double {
    let directory = try TemporaryDirectory()
    let file = "\(directory.path)/copy.sql"
    try TextFile.write(PackageResources.copy_accounts_sql, to: file)
    let redis = "\(try InstalledTool.redisClient.find()) -s '\(stores.servers.redis.socketPath)' -n 1"
    let psql = "\(try InstalledTool.psql.find()) --no-psqlrc -q -v ON_ERROR_STOP=1 -f '\(file)'"
    let line = "\(redis) FLUSHDB && \(psql) '\(stores.servers.postgres.connectionURL)' | \(redis) --pipe"
    let environment = stores.servers.redis.password.map { ["REDISCLI_AUTH": $0] } ?? [:]
    let start = ContinuousClock.now
    let child = try ChildProgram("psql", command: ["/bin/sh", "-c", line], environment: environment)
    let said = try child.finish(within: .seconds(600), heeding: interruption)
    guard said.contains("errors: 0, replies: ") else {
      throw .unreadable(what: "what redis-cli says of a copy", text: said)
    }
    return (ContinuousClock.now - start) / .seconds(1)
  }

  private func findings(members: Int) -> [Finding] {
    let bare = "bare copy by psql and redis-cli: \(seconds(copied))"
    return [
      Finding(
        subject: "rebuild of \(members) accounts", measured: seconds(rebuilt), yardstick: bare,
        judged: .ratios(of: rebuilt, to: copied), form: .ratio, bar: .atMost(Self.barMostToRebuild)),
      Finding(
        subject: "verify of \(members) accounts, in Redis", measured: seconds(verified), yardstick: bare,
        judged: .ratios(of: verified, to: copied), form: .ratio, bar: .atMost(Self.barMostToVerify)),
      Finding(
        subject: "verify of the ledger", measured: "\(transactions) transactions", yardstick: "",
        judged: Samples(ledger), form: .seconds, bar: .none),
    ]
  }

  private func seconds(_ values: [Double]) -> String {
    "\(Decimals.text(Samples(values).median, places: 1)) s"
  }
}
