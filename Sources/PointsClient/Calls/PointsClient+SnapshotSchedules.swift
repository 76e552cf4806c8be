// The schedules by which snapshots are taken; whoever changes one needs a key with the role of an
// administrator.
import JSON

extension PointsClient {
  /// All schedules, in the order of their names.
  public func snapshotSchedules() async throws(PointsError) -> [SnapshotSchedule] {
    let list: SnapshotScheduleList = try await value(of: .read(Self.schedules))
    return list.schedules
  }

  /// One of them.
  public func snapshotSchedule(_ name: String) async throws(PointsError) -> SnapshotSchedule {
    try await value(of: .read(Self.schedules.adding(part: name)))
  }

  /// Has snapshots of a board taken whenever a cron expression is due; of a board that was defined, of the
  /// period that goes on then. Each is kept for so many days, or for ever. It is sent once: a second try
  /// would be told that the name is taken.
  @discardableResult
  public func scheduleSnapshots(
    _ name: String, at schedule: String, timeZone: String? = nil, of board: Board? = nil,
    category: String? = nil, pointType: String? = nil, source: SnapshotSource? = nil, keepDays: Int? = nil
  ) async throws(PointsError) -> SnapshotSchedule {
    let body = JSONWriter.body {
      $0.field("name", name)
      $0.field("schedule", schedule)
      $0.field("timeZone", ifAny: timeZone)
      $0.field("board", ifAny: board?.rawValue)
      $0.field("category", ifAny: category)
      $0.field("pointType", ifAny: pointType)
      $0.field("source", ifAny: source?.rawValue)
      $0.field("keepDays", ifAny: keepDays.map { Int64($0) })
    }
    return try await value(of: .write(Self.schedules, body, key: nil))
  }

  /// Takes no more snapshots by it; those that were taken stay. It is sent once: a second try would be told
  /// that there is no such schedule.
  public func removeSnapshotSchedule(_ name: String) async throws(PointsError) {
    let target = Self.schedules.adding(part: name)
    _ = try await answer(
      to: Call(method: .delete, target: target.bytes, isRepeatable: false, isWrite: true))
  }

  private static var schedules: Target { Target("/points/snapshots/schedules") }
}
