// A board and one of its periods have numbers, so that rows of accounts, and mirrors, can name them in eight
// bytes.

/// Names a period of a board. In order of boards, and of periods within one.
package struct SlotKey: Sendable, Hashable, Comparable {
  package let board: Int32
  /// 0 where the board has but one period, all time.
  package let period: Int32

  package init(board: Int32, period: Int32) {
    self.board = board
    self.period = period
  }

  /// As it is stored.
  package init(bits: Int64) {
    board = Int32(truncatingIfNeeded: bits >> 32)
    period = Int32(truncatingIfNeeded: bits)
  }

  package var bits: Int64 { Int64(board) << 32 | Int64(UInt32(bitPattern: period)) }

  package static func < (left: Self, right: Self) -> Bool {
    left.board == right.board ? left.period < right.period : left.board < right.board
  }
}
