// A schedule by which snapshots of a board are taken. Of a board that was defined, each is of the period that
// goes on at the moment it is taken.
package import Ledger

package struct SnapshotSchedule: Sendable, Equatable {
  package let id: ScheduleID
  /// One of a kind among those that there are.
  package let name: String
  package let board: SnapshotBoard
  /// A cron expression, and the time zone that it is read in.
  package let expression: String
  package let timeZone: String
  package let source: SnapshotPlan.Source
  /// For how many days a snapshot is kept from when it was due; nil for ever.
  package let keepDays: Int32?

  package init(
    id: ScheduleID, name: String, board: SnapshotBoard, expression: String, timeZone: String,
    source: SnapshotPlan.Source = .ledger, keepDays: Int32? = nil
  ) {
    self.id = id
    self.name = name
    self.board = board
    self.expression = expression
    self.timeZone = timeZone
    self.source = source
    self.keepDays = keepDays
  }

  package static let daysMax: Int64 = 36_500

  /// Small letters, digits, hyphens and underscores: as it stands, a part of a path.
  package static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard 1...64 ~= bytes.count, let first = bytes.first, isLetterOrDigit(first) else { return false }
    return bytes.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// The snapshot of one of its instants.
  package func turn(dueAt: Instant) -> SnapshotPlan.Turn {
    SnapshotPlan.Turn(of: id, named: name, dueAt: dueAt)
  }

  /// Until when the snapshot of one of its instants is kept.
  package func keepUntil(dueAt: Instant) -> Instant? {
    keepDays.map { Instant(microseconds: dueAt.microseconds + Int64($0) * 86_400_000_000) }
  }
}

/// How a schedule stands.
package struct SnapshotScheduleRecord: Sendable, Equatable {
  /// An instant of the schedule that was seen to.
  package struct Turn: Sendable, Equatable {
    package let dueAt: Instant
    /// Nil if none was taken.
    package let snapshot: SnapshotID?
    /// Why none was taken.
    package let refusal: String?
  }

  package let schedule: SnapshotSchedule
  package let createdAt: Instant
  /// Nil if it is never due again.
  package let nextDueAt: Instant?
  package let last: Turn?
}
