// How ranks have changed: beside each the one before, from one look at one snapshot for a whole answer.
import Boards
import HTTPServer
import JSON
import Ledger
import LedgerStore
import PostgresClient

struct RankChanges: Sendable {
  /// So many rows an answer with changes has at most.
  static let rowsMax: Int64 = 100

  /// Nil where there is nothing to compare with.
  private let past: PastRanks?

  /// Of a board as it is now: since the last snapshot of its period, or if there is none, since the last
  /// close.
  init(
    of users: [UserID], on found: FoundBoard, _ type: PointTypeID, _ periods: PastPeriods?
  ) async throws(Problem) {
    let period = found.period.map { PastRanks.Search.Period(number: $0.number, start: $0.start) }
    let end = found.period?.end ?? Instant(microseconds: .max)
    past = try await Problem.explaining { () async throws(PostgresError) in
      try await periods?.ranks(
        of: users, on: BoardOfType(pointType: type, key: found.key), in: .last(of: period, before: end))
    }
  }

  /// Of a period that is stored: since the close before it.
  init(
    of users: [UserID], in snapshot: Snapshot, _ snapshots: SnapshotReader
  ) async throws(Problem) {
    let end = snapshot.plan.asOf ?? snapshot.beganAt
    past = try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.pastRanks(
        of: users, on: BoardOfType(snapshot.plan.board), in: .close(before: end))
    }
  }

  fileprivate func write(_ user: UserID, _ rank: Int64, to json: inout JSONWriter) {
    let previous = past?.ranks[user]
    json.field("previousRank", orNull: previous)
    json.field("change", orNull: previous.map { $0 - rank })
  }

  fileprivate func writeOrigin(to json: inout JSONWriter) {
    json.key("comparedWith")
    guard let past else { return json.null() }
    json.object {
      $0.field("snapshotId", past.snapshot)
      $0.field("purpose", past.purpose)
      $0.field("period", orNull: past.period)
      $0.field("asOf", past.asOf)
    }
  }
}

extension JSONWriter {
  /// Nothing where changes were not asked for.
  mutating func change(of user: UserID, _ rank: Int64, _ changes: RankChanges?) {
    changes?.write(user, rank, to: &self)
  }

  /// Which snapshot the ranks were compared with.
  mutating func comparedWith(_ changes: RankChanges?) {
    changes?.writeOrigin(to: &self)
  }
}
