// Rows of snapshots and their entries; the order of columns is that of the statements.
import Boards
import Cryptography
import Ledger
import PostgresClient

extension PostgresRow {
  /// The columns of a snapshot, from `id` to `revision`.
  func snapshot() throws(PostgresDecodingError) -> Snapshot {
    Snapshot(
      plan: try snapshotPlan(), number: SnapshotNumber(try value(1)), state: try snapshotState(),
      beganAt: try instant(20), takenAt: try optionalInstant(21), position: try optional(22),
      contents: try isNull(23) ? nil : try contents(from: 23), comparison: try comparison(),
      notCompared: try optional(33), attempt: try value(34))
  }

  /// members, score_sum and digest.
  func contents(from first: Int) throws(PostgresDecodingError) -> Snapshot.Contents {
    let sum: String = try value(first + 1)
    let bytes: PostgresBytes = try value(first + 2)
    guard let scoreSum = Int128(sum) else {
      throw PostgresDecodingError(column: first + 1, failure: .outOfRange)
    }
    guard let digest = Digest(bytes: bytes.bytes) else {
      throw PostgresDecodingError(column: first + 2, failure: .wrongLength(bytes.bytes.count))
    }
    return Snapshot.Contents(members: try value(first), scoreSum: scoreSum, digest: digest)
  }

  /// place, rank, user_id, score, reached_at, version.
  func snapshotEntry(from first: Int = 0) throws(PostgresDecodingError) -> SnapshotEntry {
    SnapshotEntry(
      place: try value(first), rank: try value(first + 1), user: try user(first + 2),
      score: try value(first + 3), reachedAt: try instant(first + 4), version: try value(first + 5))
  }

  /// id, number, as_of, purpose, period_number, period_label, revision, members, and the columns of an entry.
  func pastRank() throws(PostgresDecodingError) -> PastRank {
    PastRank(
      snapshot: try id(0), cursor: SnapshotCursor(asOf: try instant(2), number: SnapshotNumber(try value(1))),
      purpose: try named(3), period: try snapshotPeriod(from: 4), revision: try value(6),
      members: try value(7), entry: try snapshotEntry(from: 8))
  }

  private func isNull(_ column: Int) throws(PostgresDecodingError) -> Bool {
    try optional(column, as: Int64.self) == nil
  }

  private func snapshotPlan() throws(PostgresDecodingError) -> SnapshotPlan {
    guard let key = SnapshotBoard.Key(text: try value(3)) else {
      throw PostgresDecodingError(column: 3, failure: .outOfRange)
    }
    let slot: Int64? = try optional(10)
    return SnapshotPlan(
      id: try id(0),
      board: SnapshotBoard(pointType: try id(2), key: key, name: try value(4), category: try value(5)),
      period: try snapshotPeriod(from: 6), purpose: try named(8), source: try named(9),
      slot: slot.map { SlotKey(bits: $0) },
      order: BoardOrder(style: try named(14), isAscending: try value(15)),
      eligibility: Eligibility(
        minScore: try optional(11), minCount: try optional(12), enabledOnly: try value(13)),
      asOf: try optionalInstant(16), keepUntil: try optionalInstant(17), turn: try snapshotTurn(),
      lineage: try snapshotLineage())
  }

  private func snapshotLineage() throws(PostgresDecodingError) -> SnapshotPlan.Lineage? {
    guard let revises: SnapshotID = try optionalID(35) else { return nil }
    return SnapshotPlan.Lineage(
      revises: revises, original: try id(36), originalPurpose: try named(37), revision: try value(38))
  }

  private func snapshotTurn() throws(PostgresDecodingError) -> SnapshotPlan.Turn? {
    guard let dueAt = try optionalInstant(32) else { return nil }
    return SnapshotPlan.Turn(of: try id(30), named: try value(31), dueAt: dueAt)
  }

  private func snapshotPeriod(from first: Int) throws(PostgresDecodingError) -> SnapshotPlan.Period? {
    guard let number: Int32 = try optional(first) else { return nil }
    return SnapshotPlan.Period(number: number, label: try value(first + 1))
  }

  private func snapshotState() throws(PostgresDecodingError) -> Snapshot.State {
    switch try value(18, as: String.self) {
    case "building": .building
    case "complete": .complete
    case "failed": .failed(reason: try optional(19) ?? "")
    case "expired": .expired(removedAt: try optionalInstant(29))
    case _: throw PostgresDecodingError(column: 18, failure: .outOfRange)
    }
  }

  private func comparison() throws(PostgresDecodingError) -> Snapshot.Comparison? {
    guard let checked: Int64 = try optional(26) else { return nil }
    return Snapshot.Comparison(checked: checked, drifted: try value(27), repaired: try value(28))
  }

  /// One of the names that the table's checks let pass.
  private func named<Name: RawRepresentable<String>>(
    _ column: Int
  ) throws(PostgresDecodingError) -> Name {
    guard let name = Name(rawValue: try value(column)) else {
      throw PostgresDecodingError(column: column, failure: .outOfRange)
    }
    return name
  }
}
