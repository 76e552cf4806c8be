// Why somebody stands where he does: the transactions that make up his score, and who has passed him since.
// The score, the rank and the version of the account come from one look at the board; the ledger then tells
// what made it, up to that version, so that all pages add up to the score whatever is posted meanwhile.
import BoardStore
import Boards
import HTTPServer
import Ledger
package import LedgerStore
import PostgresClient

/// One worker's; used on its loop only.
package struct ExplainDesk: Sendable {
  let desk: BoardDesk
  let scores: ScoreReader

  package init(_ desk: BoardDesk, scores: ScoreReader) {
    self.desk = desk
    self.scores = scores
  }

  func board(_ choice: BoardChoice) async throws(Problem) -> ExplainedBoard {
    let (lookup, past) = (desk.lookup, desk.past)
    switch try await choice.find(by: lookup, past: past) {
    case .live(let type, let asked):
      let board = asked.definedID.flatMap { lookup.catalog.boards.board($0) }
      return try ExplainedBoard(type, try lookup.found(asked), board)
    case .stored(let snapshot):
      guard let past, case .defined(let id) = snapshot.plan.board.key, let period = snapshot.plan.period,
        let board = lookup.catalog.boards.board(id),
        let rule = try await past.scored(board.definition, period.number)
      else { throw Problem(.notFound, "There is no such period of the board.") }
      return ExplainedBoard(
        snapshot, typeName: lookup.catalog.name(of: snapshot.plan.board.pointType), rule)
    }
  }

  /// `not_ranked` for who is not listed.
  func user(_ user: UserID, on board: ExplainedBoard) async throws(Problem) -> ExplainedUser {
    switch board.place {
    case .live(let found): try await liveUser(user, board, found)
    case .stored(let snapshot): try await pastUser(user, board, snapshot)
    }
  }

  private func liveUser(
    _ user: UserID, _ board: ExplainedBoard, _ found: FoundBoard
  ) async throws(Problem) -> ExplainedUser {
    let type = board.pointType
    let answer = try await desk.ask(type, found) {
      await $0.rank(of: type, found.mirror, user: user)
    } ledger: {
      $0.standing($1, of: user)
    }
    guard let row = answer.value.row, let better = answer.value.better,
      var standing = ExplainedStanding(row, on: found.mirror)
    else { throw .notRanked }
    if case .ledger = answer.origin {
      // A ranking of the ledger knows no versions; the one that reached the score is that of the score.
      let reachedAt = standing.now.reachedAt
      let version = try await Problem.explaining { () async throws(PostgresError) in
        try await scores.version(of: board.key(of: user), at: reachedAt)
      }
      standing = ExplainedStanding(
        rank: standing.rank, displayName: standing.displayName, user: user, score: standing.now.score,
        reachedAt: reachedAt, version: version, count: nil)
    }
    return ExplainedUser(
      standing: standing, members: answer.value.members,
      better: board.order.style == .ordinal ? standing.rank - 1 : better, origin: .live(answer.origin))
  }

  private func pastUser(
    _ user: UserID, _ board: ExplainedBoard, _ snapshot: Snapshot
  ) async throws(Problem) -> ExplainedUser {
    let found = try await Problem.explaining { () async throws(PostgresError) in
      try await desk.past?.standing(of: user, in: snapshot)
    }
    guard let found else { throw .notRanked }
    let standing = ExplainedStanding(found.row)
    return ExplainedUser(
      standing: standing, members: snapshot.memberCount,
      better: board.order.style == .ordinal ? standing.rank - 1 : found.better, origin: .stored(snapshot))
  }

  /// What a revision made of the score; nil for one that is as it was counted.
  func correction(
    of user: UserID, on board: ExplainedBoard
  ) async throws(Problem) -> ExplainedCorrection? {
    guard case .stored(let snapshot) = board.place, snapshot.plan.revises != nil else { return nil }
    return try await Problem.explaining { () async throws(PostgresError) in
      try await desk.past?.correction(of: user, in: snapshot)
    }
  }

  /// The transactions that make up the score as it was counted, newest first.
  func parts(
    of user: ExplainedStanding, _ correction: ExplainedCorrection?, on board: ExplainedBoard, below: Int64?,
    limit: Int
  ) async throws(Problem) -> ScoreReader.Page {
    let score = ScoreReader.Score(
      account: board.key(of: user.now.user), rule: board.rule,
      score: correction?.countedScore ?? user.now.score,
      reachedAt: correction?.countedAt ?? user.now.reachedAt, version: user.version)
    return try await Problem.explaining { () async throws(PostgresError) in
      try await scores.page(of: score, below: below, limit: limit)
    }
  }
}
