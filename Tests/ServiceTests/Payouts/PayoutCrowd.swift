// Several processes that plan and pay at once, all of them told to, and boards whose closes are paid by
// themselves. The lease that keeps them from doing the same work is taken from them again and again.
import Foundation
import Synchronization
import TestSupport

/// Used by one thread at a time.
final class PayoutCrowd {
  private static let winners = 800
  private static let coins = (1...5).map { "coin-\($0)" }
  private static let boardsPerRound = 2
  static let lines = winners * coins.count

  private let installation: Installation
  private let league: League
  private var round = 0

  /// With the boards of so many rounds, and everybody on all of them.
  init(_ installation: Installation, rounds: Int) throws {
    self.installation = installation
    league = League(installation)
    let process = try ServiceProcess(on: installation, Self.settings)
    defer { process.kill() }
    let caller = try Caller(port: process.port)
    let season = #"{"label":"s","startsAt":"\#(League.instant(-60))","endsAt":"\#(League.instant(3600))"}"#
    for coin in Self.coins { try ask("/points/types", #"{"name":"\#(coin)","displayName":"Coin"}"#, caller) }
    for board in (0..<rounds * Self.boardsPerRound).map(Self.board) {
      try league.define(board, seasons: [season], caller)
      let terms = #"{"board":"\#(board)","automatic":true}"#
      let set = Call(method: "PUT", target: "/points/reward-terms", key: installation.admin, body: terms)
      guard try caller.ask(set).status == 200 else { throw Unexpected(description: board) }
    }
    let rewards = Self.coins.enumerated().map { #"{"pointType":"\#($1)","amount":\#(7 + $0)}"# }
    try ask(
      "/points/reward-rules",
      #"{"minRank":1,"maxRank":100000,"rewards":[\#(rewards.joined(separator: ","))]}"#, caller)
    let category = #""category":"\#(League.category)""#
    let legs = (0..<Self.winners).map { user in
      #"{"type":"credit","userId":"user-\#(user)","amount":\#(1 + user % 37),\#(category)}"#
    }
    try ask("/points/postings", #"{"legs":[\#(legs.joined(separator: ","))]}"#, caller)
  }

  struct Unexpected: Error {
    let description: String
  }

  /// Rounds one after the other, each with so many processes of which so many are killed; blocks a thread of
  /// its own.
  static func playing(
    _ rounds: [(processes: Int, victims: Int)], on installation: Installation
  ) async throws -> [Outcome] {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            let crowd = try PayoutCrowd(installation, rounds: rounds.count)
            return try rounds.map { try crowd.play(processes: $0.processes, killing: $0.victims) }
          })
      }
    }
  }

  /// One worker each. As long as the lease lasts nobody else would begin if it were not taken away.
  private static let settings = [
    "POINTS_WORKERS": "1", "POINTS_VERIFY_RATE": "0", "POINTS_JOBS_LEASE": "4s",
    "POINTS_CATEGORIES": League.category,
  ]

  private static func board(_ number: Int) -> String { "race-\(number)" }

  private func ask(_ target: String, _ body: String, _ caller: Caller) throws {
    let answer = try caller.ask(.post(target, body, as: installation.admin))
    guard answer.status == 201 else { throw Unexpected(description: answer.body) }
  }

  // MARK: A round

  struct Outcome: Sendable {
    var faults: [String] = []
    /// How many of the processes have posted something.
    var posting = 0
  }

  /// So many processes at once, of which some are killed while they pay. Two closes are paid by themselves,
  /// and one snapshot because all of them ask for it.
  func play(processes count: Int, killing victims: Int) throws -> Outcome {
    defer { round += 1 }
    let boards = (0..<Self.boardsPerRound).map { Self.board(round * Self.boardsPerRound + $0) }
    let processes = try (0..<count).map { _ in try ServiceProcess(on: installation, Self.settings) }
    defer { for process in processes { process.kill() } }
    let caller = try Caller(port: processes[0].port)
    let taken = try caller.ask(.post("/points/snapshots", #"{"board":"earned"}"#, as: installation.admin))
    guard let snapshot = taken.json["id"].text else { throw Unexpected(description: taken.body) }
    let last = try league.ask("SELECT coalesce(max(number), 0) FROM distributions")
    for board in boards { try league.end(board, through: processes[0].port) }

    let prodders = processes.map { Prodder(on: $0.port, key: installation.admin, payingFor: snapshot) }
    var outcome = Outcome()
    for victim in 0..<victims {
      // Each of them in the middle, the second later than the first.
      let isUnderWay = try waitWhilePaying(
        "SELECT count(*) >= \(1 + 4 * victim) FROM distribution_chunks WHERE settled_at IS NOT NULL "
          + "AND distribution_number > \(last)")
      processes[count - 1 - victim].kill()
      if !isUnderWay { outcome.faults.append("nothing was paid in \(Self.patience)") }
    }
    let isPaid = try waitWhilePaying(
      "SELECT count(*) = \(Self.boardsPerRound + 1) FROM distributions WHERE phase = 'paid' "
        + "AND number > \(last)")
    if !isPaid { outcome.faults.append("not all was paid in \(Self.patience): \(try phases())") }
    outcome.faults += prodders.flatMap { $0.stop() }
    let created = prodders.reduce(0) { $0 + $1.created }
    // Whoever planned it may have been killed before he answered.
    if created > 1 || victims == 0 && created != 1 { outcome.faults.append("\(created) payouts were made") }
    for process in processes.dropLast(victims) {
      let page = try PrometheusPage(try Caller(port: process.port).get("/metrics").body)
      if page.sum("points_payout_lines_credited_total") > 0 { outcome.posting += 1 }
    }
    outcome.faults += try faults(boards, snapshot, Caller(port: processes[0].port))
    return outcome
  }

  /// In which something is paid, and all of it, also on a busy machine.
  fileprivate static let patience = Duration.seconds(60)

  /// Takes the lease of whoever pays from him, now and then, so that another one begins while he is at it.
  private func waitWhilePaying(_ query: String) throws -> Bool {
    let name = "job:pay-distributions"
    let take = "UPDATE leases SET expires_at = clock_timestamp() WHERE name = '\(name)' AND NOT"
    return try Eventually.holds(within: Self.patience) {
      usleep(100_000)
      return try league.ask("\(take) (\(query)); \(query)") == "t"
    }
  }

  private func phases() throws -> String {
    try league.ask("SELECT string_agg(concat_ws(' ', phase, legs, reason), ', ') FROM distributions")
  }

  // MARK: What there is

  private func faults(_ boards: [String], _ snapshot: String, _ caller: Caller) throws -> [String] {
    var faults: [String] = []
    for board in boards {
      let periods = try caller.ask(.get("/points/boards/\(board)/periods", as: installation.admin))
      let state = periods.json["periods"][0]["state"].text
      if state != "paid" { faults.append("\(board) is \(state ?? "nothing"): \(periods.body)") }
    }
    let counts = try league.ask(
      """
      WITH line AS (
        SELECT d.id::text, l.user_id, l.point_type_id, l.amount FROM distribution_legs l
        JOIN distributions d ON d.number = l.distribution_number
      ), made AS (
        SELECT related_to, user_id, point_type_id, amount FROM transactions WHERE kind = 'distribution'
      )
      SELECT (SELECT count(*) FROM distributions), (SELECT count(*) FROM line), (SELECT count(*) FROM made),
        (SELECT count(*) FROM (TABLE line EXCEPT ALL TABLE made) AS missing),
        (SELECT count(*) FROM (TABLE made EXCEPT ALL TABLE line) AS besides),
        (SELECT count(*) FROM distributions WHERE snapshot_id = '\(snapshot)')
      """)
    let payouts = (round + 1) * (Self.boardsPerRound + 1)
    let lines = payouts * Self.lines
    let expected = "\(payouts)|\(lines)|\(lines)|0|0|1"
    return counts == expected
      ? faults : faults + ["payouts, lines and transactions: \(counts) for \(expected)"]
  }
}

/// Asks one process for a payout, and tells it to plan and to pay, again and again.
private final class Prodder: Sendable {
  private struct Found {
    var created = 0
    var faults: [String] = []
    /// Since when it has been told nothing but to ask again, for each thing that it asks for.
    var refusedSince: [String: ContinuousClock.Instant] = [:]
  }

  private let found = Mutex(Found())
  private let isOver = Atomic(false)
  private let ended = DispatchSemaphore(value: 0)

  init(on port: UInt16, key: String, payingFor snapshot: String) {
    Thread.detachNewThread { [self] in
      // Until it is killed.
      try? prod(port, key, snapshot)
      ended.signal()
    }
  }

  /// How often it was told that a payout was made, and not that there is one.
  var created: Int { found.withLock { $0.created } }

  /// What it was answered and should not have been.
  func stop() -> [String] {
    isOver.store(true, ordering: .relaxed)
    ended.wait()
    return found.withLock { $0.faults }
  }

  private func prod(_ port: UInt16, _ key: String, _ snapshot: String) throws {
    let caller = try Caller(port: port)
    while !isOver.load(ordering: .relaxed) {
      for job in ["plan-distributions", "pay-distributions"] {
        let told = try caller.ask(.post("/points/jobs/\(job)/run", nil, as: key))
        judge(told, of: job, expecting: [200, 202])
      }
      let call = Call.post("/points/distributions", #"{"snapshotId":"\#(snapshot)"}"#, as: key)
      let answer = try caller.ask(call)
      if answer.status == 201 { found.withLock { $0.created += 1 } }
      judge(answer, of: "planning", expecting: [200, 201])
      usleep(50_000)
    }
  }

  /// Notes what should not have been answered. Whoever plans what others plan waits for them, and is told to
  /// ask again when that takes long, as on a busy machine: so he does, but not for ever.
  private func judge(_ answer: Answer, of question: String, expecting statuses: Set<Int>) {
    found.withLock { found in
      guard !statuses.contains(answer.status) else {
        found.refusedSince[question] = nil
        return
      }
      let since = found.refusedSince[question] ?? .now
      found.refusedSince[question] = since
      guard answer.status != 503 || ContinuousClock.now - since > PayoutCrowd.patience else { return }
      found.faults.append("\(question): \(answer.body)")
    }
  }
}
