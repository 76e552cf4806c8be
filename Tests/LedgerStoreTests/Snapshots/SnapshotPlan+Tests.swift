// Plans that tests take again and again.
import Boards
import Ledger
import LedgerStore

extension SnapshotPlan {
  static let testBoard = BoardID(UUIDBits(high: 77, low: 1))

  /// Of a period of the slots that random accounts have.
  static func close(period: Int32 = 2, of type: PointTypeID, keepUntil: Instant? = nil) -> SnapshotPlan {
    .close(
      of: testBoard,
      SnapshotBoard(pointType: type, key: .defined(testBoard), name: "weekly"),
      period: Period(number: period, label: "week \(period)"),
      endingAt: Instant(microseconds: AccountsModel.end + Int64(period)), slot: AccountsModel.slots[1],
      order: BoardOrder(), eligibility: Eligibility(minScore: nil, enabledOnly: true), keepUntil: keepUntil)
  }

  static func demand(
    _ number: UInt64, of type: PointTypeID, source: Source = .ledger, keepUntil: Instant? = nil
  ) -> SnapshotPlan {
    SnapshotPlan(
      id: SnapshotID(UUIDBits(high: 5, low: number)), board: .balance(of: type), purpose: .demand,
      source: source, keepUntil: keepUntil)
  }
}
