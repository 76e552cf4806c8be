// What was ever posted on an installation, and what came of it: how a test of faults knows that nothing was
// lost, nothing doubled, and that the boards are what the ledger says.
import Foundation
import TestSupport

/// All rounds of a test together.
struct FaultWorld {
  private var awards: [PostingLoad.Award] = []
  private(set) var expected: [String: Int64] = [:]

  /// Asks again for what was not answered, and compares everything ever posted with the ledger.
  mutating func settle(
    _ record: PostingLoad.Record, _ installation: Installation, _ port: UInt16
  ) throws -> [String] {
    var faults: [String] = []
    var record = record
    let audit = try LedgerAudit(port: port, key: installation.service)
    let before = try audit.transactions()
    let caller = try Caller(port: port)
    for place in record.awards.indices where record.awards[place].transaction == nil {
      let award = record.awards[place]
      if before[award.name]?.count ?? 0 > 1 { faults.append("\(award) is there more than once") }
      let (answer, isFirst) = try Self.settled(award.call(installation.service), by: caller)
      if answer.status != 201 || isFirst && answer.isReplay != (before[award.name] != nil) {
        faults.append("\(award), asked again: \(answer.status) \(answer.body)")
      }
      record.awards[place].transaction = answer.json["transaction"]["id"].text
    }
    awards += record.awards
    for award in record.awards { expected[award.user, default: 0] += award.amount }
    let after = try audit.transactions()
    if after.count != awards.count { faults.append("\(after.count) postings for \(awards.count)") }
    for award in awards where after[award.name] != [award.transaction ?? ""] {
      faults.append("\(award) is there as \(after[award.name] ?? [])")
    }
    if try audit.balances() != expected { faults.append("the balances are not the sums") }
    return Array(faults.prefix(5))
  }

  /// A session to a Postgres that has just come back may be a while in the making: whoever is told to ask
  /// again does so. Answers also whether the first answer was the one.
  private static func settled(_ call: Call, by caller: Caller) throws -> (answer: Answer, isFirst: Bool) {
    var answer = try caller.ask(call)
    guard answer.status == 503 else { return (answer, true) }
    _ = try Eventually.holds(within: .seconds(10)) {
      answer = try caller.ask(call)
      return answer.status != 503
    }
    return (answer, false)
  }

  /// What each process shows instead, and what it logged last.
  func differences(_ installation: Installation, _ services: ServicePair) throws -> String {
    try services.ports.indices.map { place in
      let caller = try Caller(port: services.ports[place])
      let board = try caller.ask(.get("/points/leaderboard?limit=1000", as: installation.service))
      let entries = board.json["entries"].list
      let shown = Dictionary(
        entries.map { ($0["userId"].text ?? "", $0["score"].integer ?? -1) }, uniquingKeysWith: { $1 })
      let wrong = expected.filter { shown[$0.key] != $0.value }.keys.sorted().map { user in
        "\(user): \(shown[user] ?? 0) for \(expected[user] ?? 0)"
      }
      return """
        process \(place): \(board.status) from \(board.json["source"].text ?? "nowhere"), position \
        \(board.json["position"].integer ?? -1), \(entries.count) entries; \(wrong.joined(separator: ", "))
        \(services[place].log.split(separator: "\n").suffix(12).joined(separator: "\n"))
        """
    }.joined(separator: "\n")
  }

  /// As either process tells them.
  func boardsAreEqual(
    _ installation: Installation, _ ports: [UInt16], within limit: Duration
  ) throws -> Bool {
    let audits = try ports.map { try LedgerAudit(port: $0, key: installation.service) }
    return try Eventually.holds(within: limit) { try audits.allSatisfy { try $0.boardsShow(expected) } }
  }
}
