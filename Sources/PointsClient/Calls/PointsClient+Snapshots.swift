// Snapshots: who had which rank at some moment, stored for good.
import JSON

extension PointsClient {
  /// Takes a snapshot of a board now; of a board that was defined, of its present period. Needs the role of
  /// an administrator. If it takes longer than an answer may, its state is `building`: ask with
  /// `snapshot(id:)` until it is complete, and give the client a `requestTimeout` of 30 seconds for large
  /// boards.
  @discardableResult
  public func takeSnapshot(
    board: Board? = nil, category: String? = nil, pointType: String? = nil, source: SnapshotSource? = nil,
    keepUntil: Timestamp? = nil, idempotencyKey: IdempotencyKey? = .automatic
  ) async throws(PointsError) -> Snapshot {
    let body = JSONWriter.body {
      $0.field("board", ifAny: board?.rawValue)
      $0.field("category", ifAny: category)
      $0.field("pointType", ifAny: pointType)
      $0.field("source", ifAny: source?.rawValue)
      $0.field("keepUntil", ifAny: keepUntil?.description)
    }
    return try await value(of: .write(Self.snapshots, body, key: idempotencyKey))
  }

  /// A page of snapshots: of a board, of a point type, or all of them.
  public func snapshots(
    board: Board? = nil, category: String? = nil, pointType: String? = nil, limit: Int? = nil,
    cursor: String? = nil
  ) async throws(PointsError) -> SnapshotPage {
    var target = Self.snapshots
    target.append("board", board?.rawValue)
    target.append("category", category)
    target.append("pointType", pointType)
    target.append("limit", limit)
    target.append("cursor", cursor)
    return try await value(of: .read(target))
  }

  /// One snapshot, of whatever state.
  public func snapshot(id: String) async throws(PointsError) -> Snapshot {
    try await value(of: .read(Self.snapshots.adding(part: id)))
  }

  /// Says anew until when a snapshot is kept, an instant to come, or nil for ever. Needs the role of an
  /// administrator. Saying the same twice changes nothing.
  @discardableResult
  public func keepSnapshot(id: String, until instant: Timestamp?) async throws(PointsError) -> Snapshot {
    let body = JSONWriter.body { $0.field("keepUntil", orNull: instant?.description) }
    let call = Call(
      method: .patch, target: Self.snapshots.adding(part: id).bytes, body: body, isRepeatable: true,
      isWrite: true)
    return try await value(of: call)
  }

  /// Those who are in a snapshot, best first: from the beginning, from a rank, or from a cursor on.
  public func snapshotEntries(
    id: String, fromRank rank: Int64? = nil, limit: Int? = nil, cursor: String? = nil
  ) async throws(PointsError) -> SnapshotEntryPage {
    var target = Self.snapshots.adding(part: id)
    target.append(part: "entries")
    target.append("rank", rank)
    target.append("limit", limit)
    target.append("cursor", cursor)
    return try await value(of: .read(target))
  }

  /// Where a user was; nil for one who is not in the snapshot.
  public func snapshotStanding(
    id: String, userID: String
  ) async throws(PointsError) -> SnapshotStanding? {
    var target = Self.snapshots.adding(part: id)
    target.append(part: "users")
    target.append(part: userID)
    do throws(PointsError) {
      return try await value(of: .read(target))
    } catch {
      if case .refused(let problem) = error, problem.code == .notRanked { return nil }
      throw error
    }
  }

  /// With whom something changed since another snapshot of the same point type.
  public func snapshotChanges(
    id: String, since other: String, limit: Int? = nil, cursor: String? = nil
  ) async throws(PointsError) -> SnapshotChangePage {
    var target = Self.snapshots.adding(part: id)
    target.append(part: "diff")
    target.append("against", other)
    target.append("limit", limit)
    target.append("cursor", cursor)
    return try await value(of: .read(target))
  }

  /// The ranks that a user had on a board, newest first; with `purpose` `close`, those of seasons that are
  /// over; with `withBest` the best of all, for which the service looks at every snapshot of the board.
  public func rankHistory(
    userID: String, board: Board? = nil, category: String? = nil, pointType: String? = nil,
    purpose: String? = nil, withBest: Bool = false, limit: Int? = nil, cursor: String? = nil
  ) async throws(PointsError) -> RankHistory {
    var target = Target("/points/leaderboard/history")
    target.append("userId", userID)
    target.append("board", board?.rawValue)
    target.append("category", category)
    target.append("pointType", pointType)
    target.append("purpose", purpose)
    if withBest { target.append("best", "true") }
    target.append("limit", limit)
    target.append("cursor", cursor)
    return try await value(of: .read(target))
  }

  private static var snapshots: Target { Target("/points/snapshots") }
}
