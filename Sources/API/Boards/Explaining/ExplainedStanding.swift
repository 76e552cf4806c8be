// Where somebody stands on a board, with all that finding out why takes: of which version of the account the
// score is, and how many are before him.
import BoardStore
import Boards
import Ledger
import LedgerStore

struct ExplainedStanding: Sendable {
  let rank: Int64
  let displayName: String?
  let now: RankedScore
  /// The account's, when the score was this.
  let version: Int64
  /// How many transactions count; nil where that is not known.
  let count: Int64?

  init(
    rank: Int64, displayName: String?, user: UserID, score: Int64, reachedAt: Instant, version: Int64,
    count: Int64?
  ) {
    self.rank = rank
    self.displayName = displayName
    now = RankedScore(user: user, score: score, reachedAt: reachedAt)
    self.version = version
    self.count = count
  }

  /// Nil for a row that is not of this board.
  init?(_ row: BoardRow, on board: MirrorBoard) {
    let account = row.account.account
    guard let reachedAt = board.reachedAt(of: account) else { return nil }
    let count: Int64? =
      if case .slot(let key, _) = board { account.slots[key]?.count } else { nil }
    self.init(
      rank: row.rank, displayName: row.account.displayName, user: account.key.user, score: row.score,
      reachedAt: reachedAt, version: account.version, count: count)
  }

  init(_ row: NamedEntry) {
    let entry = row.entry
    self.init(
      rank: Int64(entry.rank), displayName: row.displayName, user: entry.user, score: entry.score,
      reachedAt: entry.reachedAt, version: entry.version, count: nil)
  }

  var present: ScoreReader.Present {
    ScoreReader.Present(
      user: now.user, score: now.score, reachedAt: now.reachedAt, version: version, count: count)
  }
}

/// Of whom a score is explained.
struct ExplainedUser: Sendable {
  let standing: ExplainedStanding
  let members: Int64
  /// How many have a better rank.
  let better: Int64
  let origin: Origin

  enum Origin: Sendable {
    case live(BoardOrigin)
    case stored(Snapshot)
  }
}
