// A board of which a score is explained: as it is read now, or as one of its periods was stored; and by which
// rule its scores are made.
import BoardStore
import Boards
import HTTPServer
import Ledger
import LedgerStore

struct ExplainedBoard: Sendable {
  enum Place: Sendable {
    case live(FoundBoard)
    case stored(Snapshot)
  }

  let pointType: PointTypeID
  let typeName: String
  let name: String
  let category: String?
  let period: SnapshotPlan.Period?
  let rule: ScoreRule
  let order: BoardOrder
  let eligibility: Eligibility
  let place: Place

  /// Of a board as it is now.
  init(_ type: PointType, _ found: FoundBoard, _ board: DefinedBoard?) throws(Problem) {
    pointType = type.id
    typeName = type.name
    name = found.name
    category = found.category
    order = found.mirror.order
    place = .live(found)
    switch found.mirror {
    case .allTime(let allTime):
      rule = allTime == .balance ? .balance : .earned
      period = nil
      eligibility = Eligibility()
    case .slot:
      guard let board, let scored = board.scored, let period = found.period else {
        throw Problem(.notFound, "There is no such board any more.")
      }
      rule = .period(scored, period.scored)
      self.period = SnapshotPlan.Period(number: period.number, label: period.label)
      eligibility = board.definition.traits.eligibility
    }
  }

  /// Of a period that is stored, and by which rule it was counted.
  init(_ snapshot: Snapshot, typeName: String, _ rule: ScoreRule) {
    let plan = snapshot.plan
    pointType = plan.board.pointType
    self.typeName = typeName
    name = plan.board.name
    category = plan.board.category.isEmpty ? nil : plan.board.category
    period = plan.period
    self.rule = rule
    order = plan.order
    eligibility = plan.eligibility
    place = .stored(snapshot)
  }

  /// The instant that it shows, as far as that is over.
  func end(at now: Instant) -> Instant {
    switch place {
    case .live: now
    case .stored(let snapshot): snapshot.plan.asOf ?? now
    }
  }

  func key(of user: UserID) -> AccountKey { AccountKey(user: user, pointType: pointType) }
}

extension AskedBoard {
  /// Nil for one of the two that every type has.
  var definedID: BoardID? {
    switch self {
    case .allTime: nil
    case .current(let id), .period(let id, _): id
    }
  }
}
