// What somebody wants to be mended in a stored result.
import HTTPServer
import Ledger
import LedgerStore

struct RevisionDraft {
  let corrections: [SnapshotCorrection]
  let why: String

  init(reading exchange: HTTPExchange) throws(Problem) {
    var body = try RequestBody(exchange)
    why = try body.string("reason", bytes: SnapshotRevising.whyBytesMax)
    let most = SnapshotRevising.correctionsMax
    var corrections = try (body.optionalUserIDs("disqualify", count: 0...most) ?? []).map {
      SnapshotCorrection($0, .disqualified)
    }
    for var score in try body.optionalObjects("scores", count: 0...most) ?? [] {
      corrections.append(try Self.fixed(&score))
    }
    try body.finish()
    guard 1...most ~= corrections.count else {
      throw Problem(
        .validationFailed, "A revision names 1 to \(most) users in \"disqualify\" and \"scores\".",
        members: [.text("field", corrections.isEmpty ? "disqualify" : "scores")])
    }
    if let twice = Self.namedTwice(corrections) {
      throw Problem(
        .validationFailed, "A revision names each user once, and this one names \(twice.text) twice.",
        members: [.text("field", "disqualify")])
    }
    self.corrections = corrections
  }

  private static func fixed(_ body: inout RequestBody) throws(Problem) -> SnapshotCorrection {
    let user = try body.userID("userId")
    let score = try body.integer("score", in: SnapshotCorrection.scoreMin...Int64.max)
    let reachedAt = try body.optionalInstant("reachedAt")
    try body.finish()
    return SnapshotCorrection(user, .score(score, reachedAt: reachedAt))
  }

  private static func namedTwice(_ corrections: [SnapshotCorrection]) -> UserID? {
    var named: Set<UserID> = []
    return corrections.first { !named.insert($0.user).inserted }?.user
  }
}
