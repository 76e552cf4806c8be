// A board as snapshots of it are looked for: whatever it was called when they were taken.
package import Ledger

package struct BoardOfType: Sendable, Hashable {
  package let pointType: PointTypeID
  package let key: SnapshotBoard.Key

  package init(pointType: PointTypeID, key: SnapshotBoard.Key) {
    self.pointType = pointType
    self.key = key
  }

  package init(_ board: SnapshotBoard) {
    self.init(pointType: board.pointType, key: board.key)
  }
}
