// What a snapshot is to show, decided before it is taken and stored with it: whoever finds one that was
// begun and not finished knows from its row alone how to finish it.
package import Boards
import Cryptography
package import Ledger

package struct SnapshotPlan: Sendable, Equatable {
  package enum Purpose: String, Sendable, CaseIterable {
    /// A period is over. There is one for each period, for ever.
    case close
    case scheduled, demand
    /// Another one, with what was wrong in it set right.
    case revision

    /// Those that a board is read for.
    package static let ofOriginals = [close, scheduled, demand]
  }

  package enum Source: String, Sendable {
    /// Settled from the rows of accounts, all of one moment.
    case ledger
    /// What the mirror showed while it was read.
    case live
  }

  /// A period of a board.
  package struct Period: Sendable, Hashable {
    package let number: Int32
    package let label: String

    package init(number: Int32, label: String) {
      self.number = number
      self.label = label
    }
  }

  /// An instant at which a schedule has one taken.
  package struct Turn: Sendable, Hashable {
    package let schedule: ScheduleID
    /// As it was called then.
    package let name: String
    package let dueAt: Instant

    package init(of schedule: ScheduleID, named name: String, dueAt: Instant) {
      self.schedule = schedule
      self.name = name
      self.dueAt = dueAt
    }
  }

  /// From what a revision was made.
  package struct Lineage: Sendable, Hashable {
    package let revises: SnapshotID
    /// The first of the line.
    package let original: SnapshotID
    package let originalPurpose: Purpose
    package let revision: Int32

    package init(
      revises: SnapshotID, original: SnapshotID, originalPurpose: Purpose, revision: Int32
    ) {
      self.revises = revises
      self.original = original
      self.originalPurpose = originalPurpose
      self.revision = revision
    }
  }

  package let id: SnapshotID
  package let board: SnapshotBoard
  /// Nil for boards that have none.
  package let period: Period?
  package let purpose: Purpose
  package let source: Source
  /// Which slot of the accounts holds the score; nil for `balance` and `earned`.
  package let slot: SlotKey?
  package let order: BoardOrder
  package let eligibility: Eligibility
  /// The instant that it shows: users are enabled who were so just before it. Nil for the moment when it is
  /// taken.
  package let asOf: Instant?
  /// Nil for ever.
  package let keepUntil: Instant?
  /// Of one that is taken by a schedule.
  package let turn: Turn?
  /// Of a revision.
  package let lineage: Lineage?

  package init(
    id: SnapshotID, board: SnapshotBoard, period: Period? = nil, purpose: Purpose, source: Source = .ledger,
    slot: SlotKey? = nil, order: BoardOrder = BoardOrder(),
    eligibility: Eligibility = Eligibility(enabledOnly: false), asOf: Instant? = nil,
    keepUntil: Instant? = nil, turn: Turn? = nil, lineage: Lineage? = nil
  ) {
    self.id = id
    self.board = board
    self.period = period
    self.purpose = purpose
    self.source = source
    self.slot = slot
    self.order = order
    self.eligibility = eligibility
    self.asOf = asOf
    self.keepUntil = keepUntil
    self.turn = turn
    self.lineage = lineage
  }

  /// The snapshot that it was made of.
  package var revises: SnapshotID? { lineage?.revises }
  /// Its place in the line: 1 for the original.
  package var revision: Int32 { lineage?.revision ?? 1 }
  /// The first of its line, which is itself for most.
  package var original: SnapshotID { lineage?.original ?? id }
  /// What the first of its line was taken for.
  package var originalPurpose: Purpose { lineage?.originalPurpose ?? purpose }

  /// The close of a period that ends at an instant.
  package static func close(
    of board: BoardID, _ shown: SnapshotBoard, period: Period, endingAt end: Instant, slot: SlotKey,
    order: BoardOrder, eligibility: Eligibility, keepUntil: Instant? = nil
  ) -> SnapshotPlan {
    SnapshotPlan(
      id: SnapshotID(closing: period.number, of: board), board: shown, period: period, purpose: .close,
      slot: slot, order: order, eligibility: eligibility, asOf: end, keepUntil: keepUntil)
  }
}

extension SnapshotID {
  /// The same for whoever closes the period.
  package init(closing period: Int32, of board: BoardID) {
    self.init(madeOf: "points: close of a period", board.bits, UInt64(UInt32(bitPattern: period)))
  }

  /// The same for whoever takes it.
  package init(of turn: SnapshotPlan.Turn) {
    self.init(
      madeOf: "points: scheduled snapshot", turn.schedule.bits,
      UInt64(bitPattern: turn.dueAt.microseconds))
  }

  private init(madeOf kind: String, _ bits: UUIDBits, _ number: UInt64) {
    var builder = DigestBuilder()
    builder.add(Array(kind.utf8))
    builder.add(bits.high)
    builder.add(bits.low)
    builder.add(number)
    self.init(of: builder.finish())
  }

  /// A UUID made of a digest (version 8).
  init(of digest: Digest) {
    let words = digest.words
    self.init(
      UUIDBits(
        high: words.0 & ~0xF000 | 0x8000, low: words.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000))
  }
}
