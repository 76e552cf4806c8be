// Storing the ranks of everybody, with their indexes, digest, and the comparison with Redis, beside the least
// that could be done: one INSERT of rank() over the same rows into a table without an index.

struct SnapshotComparison {
  private static let barMost = 6.0
  /// Each takes many seconds and is steady.
  private static let rounds = 3
  private static let attemptsMax = 3
  /// For the comparison with Redis.
  private static let patience = Duration.seconds(90)

  private struct Subject {
    let board: String
    let bare: [UInt8]
    var inserted: [Double] = []
    /// Until it was sealed, and until it was compared.
    var stored: [Double] = []
    var compared: [Double] = []
  }

  private var subjects = [
    Subject(board: "balance", bare: PackageResources.rank_balances_sql),
    Subject(board: Seasons.live, bare: PackageResources.rank_slots_sql),
  ]

  consuming func run(
    _ ledger: borrowing FilledLedger, _ seasons: Seasons, on stores: Stores,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    _ = try stores.ledger.run(PackageResources.create_bare_ranks_sql, heeding: interruption)
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    for round in 0..<Self.rounds {
      for place in subjects.indices {
        try clocks.waitUntilIdle(heeding: interruption)
        let said = try stores.ledger.run(
          subjects[place].bare, within: .seconds(600), heeding: interruption)
        subjects[place].inserted.append(try BareInsertReport(said).seconds)
        try clocks.waitUntilIdle(heeding: interruption)
        try take(place, as: round, seasons.admin, ledger.members, stores, heeding: interruption)
      }
    }
    return subjects.map { finding($0, ledger.members) }
  }

  /// On a machine that is busy with other things Redis may not be asked in time, and the comparison is then
  /// left out: such a snapshot is no figure, and another one is taken.
  private mutating func take(
    _ place: Int, as round: Int, _ admin: LedgerAdmin, _ members: Int, _ stores: Stores,
    heeding interruption: Interruption
  ) throws(BenchmarkError) {
    for attempt in 1...Self.attemptsMax {
      // As before the other: nothing of what was written earlier is to be paid for here.
      _ = try stores.ledger.run(
        PackageResources.write_checkpoint_sql, within: .seconds(300), heeding: interruption)
      let board = subjects[place].board
      let word = "snapshot-\(board)-\(round)-\(attempt)"
      if let taken = try take(board, as: word, admin, members, heeding: interruption) {
        subjects[place].stored.append(taken.stored)
        subjects[place].compared.append(taken.compared)
        return
      }
    }
    throw .unexpectedAnswer(from: "points serve", "no snapshot was compared with Redis")
  }

  /// How many seconds it took; nil if it was not compared.
  private func take(
    _ board: String, as word: String, _ admin: LedgerAdmin, _ members: Int,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> (stored: Double, compared: Double)? {
    let start = ContinuousClock.now
    let begun = try admin.make("/points/snapshots", #"{"board":"\#(board)"}"#, as: word)
    guard let id = JSONText.text("id", in: begun) else {
      throw .unreadable(what: "the answer about a snapshot", text: begun)
    }
    let path = "/points/snapshots/\(id)"
    try admin.wait(at: path, within: .seconds(600), every: .milliseconds(10), heeding: interruption) {
      JSONText.text("state", in: $0) == "complete"
    }
    let stored = (ContinuousClock.now - start) / .seconds(1)
    let deadline = ContinuousClock.now + Self.patience
    let snapshot = try admin.wait(
      at: path, within: .seconds(600), every: .milliseconds(10), heeding: interruption
    ) { JSONText.has("comparison", in: $0) || ContinuousClock.now > deadline }
    let compared = (ContinuousClock.now - start) / .seconds(1)
    guard JSONText.number("checked", in: snapshot) == members else { return nil }
    guard JSONText.number("members", in: snapshot) == members, JSONText.number("drifted", in: snapshot) == 0
    else { throw .unreadable(what: "a snapshot of \(members)", text: snapshot) }
    return (stored, compared)
  }

  private func finding(_ subject: Subject, _ members: Int) -> Finding {
    func seconds(_ values: [Double]) -> String {
      "\(Decimals.text(Samples(values).median, places: 1)) s"
    }
    return Finding(
      subject: "snapshot of \(members) on \(subject.board)",
      measured: "\(seconds(subject.compared)), of which stored and sealed \(seconds(subject.stored))",
      yardstick: "bare INSERT ... SELECT rank(): \(seconds(subject.inserted))",
      judged: .ratios(of: subject.compared, to: subject.inserted), form: .ratio, bar: .atMost(Self.barMost))
  }
}
