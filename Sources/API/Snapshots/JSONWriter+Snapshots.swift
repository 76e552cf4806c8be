// Snapshots and what they hold, as callers read them.
import Boards
import Cryptography
import JSON
import Ledger
import LedgerStore

extension JSONWriter {
  mutating func snapshot(_ snapshot: Snapshot, _ types: PointTypeCatalog) {
    let plan = snapshot.plan
    object {
      $0.field("id", plan.id)
      $0.field("pointType", types.name(of: plan.board.pointType))
      $0.field("board", plan.board.name)
      $0.field("boardId", orNull: plan.board.key.definedID)
      $0.field("category", orNull: plan.board.category.isEmpty ? nil : plan.board.category)
      $0.field("period", orNull: plan.period?.label)
      $0.field("purpose", plan.purpose.rawValue)
      $0.field("revision", Int64(plan.revision))
      $0.field("revises", orNull: plan.revises)
      $0.field("source", plan.source.rawValue)
      $0.field("rankStyle", plan.order.style.rawValue)
      $0.field("direction", (plan.order.isAscending ? BoardDirection.ascending : .descending).rawValue)
      $0.field("minScore", orNull: plan.eligibility.minScore)
      $0.field("minCount", orNull: plan.eligibility.minCount)
      $0.field("enabledOnly", plan.eligibility.enabledOnly)
      $0.state(of: snapshot)
      $0.field("beganAt", snapshot.beganAt)
      $0.field("takenAt", orNull: snapshot.takenAt)
      $0.field("asOf", orNull: plan.asOf)
      $0.field("position", orNull: snapshot.position)
      $0.contents(snapshot.contents)
      $0.comparison(snapshot.comparison)
      $0.field("notCompared", orNull: snapshot.notCompared)
      $0.field("keepUntil", orNull: plan.keepUntil)
      $0.field("schedule", orNull: plan.turn?.name)
      $0.field("dueAt", orNull: plan.turn?.dueAt)
    }
  }

  private mutating func state(of snapshot: Snapshot) {
    let (name, reason, removedAt): (StaticString, String?, Instant?) =
      switch snapshot.state {
      case .building: ("building", nil, nil)
      case .complete: ("complete", nil, nil)
      case .failed(let reason): ("failed", reason, nil)
      case .expired(let removedAt): ("expired", nil, removedAt)
      }
    field("state", name)
    field("reason", orNull: reason)
    field("removedAt", orNull: removedAt)
  }

  private mutating func contents(_ contents: Snapshot.Contents?) {
    field("members", orNull: contents?.members)
    key("scoreSum")
    if let contents { raw(Array(contents.scoreSum.description.utf8).span) } else { null() }
    field("digest", orNull: contents?.digest.hexadecimal)
  }

  private mutating func comparison(_ comparison: Snapshot.Comparison?) {
    key("comparison")
    guard let comparison else { return null() }
    object {
      $0.field("checked", comparison.checked)
      $0.field("drifted", comparison.drifted)
      $0.field("repaired", comparison.repaired)
    }
  }

  /// An entry with all that is kept of it.
  mutating func entry(_ row: NamedEntry) {
    object {
      $0.field("place", Int64(row.entry.place))
      $0.members(of: row)
      $0.field("version", row.entry.version)
    }
  }

  /// An entry as live boards have it.
  mutating func members(of row: NamedEntry) {
    field("rank", Int64(row.entry.rank))
    field("userId", row.entry.user)
    field("displayName", orNull: row.displayName)
    field("score", row.entry.score)
    field("reachedAt", row.entry.reachedAt)
  }

  /// What became of somebody from one snapshot to another.
  mutating func difference(_ difference: SnapshotDifference) {
    object {
      if let user = (difference.after ?? difference.before)?.user { $0.field("userId", user) }
      $0.side("before", difference.before)
      $0.side("after", difference.after)
    }
  }

  private mutating func side(_ name: StaticString, _ entry: SnapshotEntry?) {
    key(name)
    guard let entry else { return null() }
    object {
      $0.field("rank", Int64(entry.rank))
      $0.field("score", entry.score)
      $0.field("reachedAt", entry.reachedAt)
    }
  }

  /// A rank that a user once had.
  mutating func pastRank(_ past: PastRank) {
    object {
      $0.field("snapshotId", past.snapshot)
      $0.field("purpose", past.purpose.rawValue)
      $0.field("revision", Int64(past.revision))
      $0.field("period", orNull: past.period?.label)
      $0.field("asOf", past.asOf)
      $0.field("rank", Int64(past.entry.rank))
      $0.field("score", past.entry.score)
      $0.field("reachedAt", past.entry.reachedAt)
      $0.field("members", past.members)
    }
  }
}

extension SnapshotBoard.Key {
  var definedID: BoardID? {
    if case .defined(let id) = self { id } else { nil }
  }
}

extension Digest {
  /// As SHA-256 is usually written: two digits a byte.
  fileprivate var hexadecimal: String {
    var digits: [UInt8] = []
    for byte in bytes { digits.append(hexadecimal: UInt64(byte), digits: 2) }
    return String(decoding: digits, as: UTF8.self)
  }
}
