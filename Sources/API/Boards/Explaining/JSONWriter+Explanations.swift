// Explanations as they are answered.
import Boards
import HTTPServer
import JSON
import Ledger
import LedgerStore

extension JSONWriter {
  mutating func members(of standing: ExplainedStanding) {
    field("rank", standing.rank)
    field("userId", standing.now.user)
    field("score", standing.now.score)
    field("reachedAt", standing.now.reachedAt)
  }

  /// By which revision a score was set, and what was counted; null for one that was not.
  mutating func correction(_ correction: ExplainedCorrection?) {
    key("correction")
    guard let correction else { return null() }
    object {
      $0.field("countedScore", correction.countedScore)
      $0.field("snapshotId", correction.fix.snapshot)
      $0.field("revision", Int64(correction.fix.revision))
      $0.field("reason", correction.fix.why)
    }
  }

  /// A transaction, and what it adds to the score.
  mutating func part(_ part: ScoreReader.Part, _ types: PointTypeCatalog) {
    object {
      $0.field("contribution", part.contribution)
      $0.key("transaction")
      $0.transaction(part.transaction, types)
    }
  }

  mutating func passing(_ passing: Passing) {
    key("passedBy")
    object {
      $0.field("since", passing.since)
      $0.field("scoreThen", orNull: passing.scoreThen)
      $0.arrayField("users") { for passer in passing.passers { $0.passer(passer) } }
      $0.field("truncated", passing.isTruncated)
    }
  }

  private mutating func passer(_ passer: Passer) {
    object {
      $0.field("rank", passer.standing.rank)
      $0.field("userId", passer.standing.now.user)
      $0.field("displayName", orNull: passer.standing.displayName)
      $0.field("score", passer.standing.now.score)
      $0.field("reachedAt", passer.standing.now.reachedAt)
      $0.field("scoreThen", orNull: passer.scoreThen)
      $0.field("then", passer.relation.rawValue)
    }
  }

  /// What the explanation was read from.
  mutating func origin(_ origin: ExplainedUser.Origin) {
    switch origin {
    case .live(let origin): self.origin(origin)
    case .stored(let snapshot): self.origin(snapshot)
    }
  }
}
