// Where a continuous verifier is: it walks over the accounts of one type after the other, in the order of
// users, and over both boards of each as it comes by. It is pure.
package import Boards
package import Ledger

package struct SampleWalk: Sendable {
  private struct Scan: Hashable {
    let board: AllTimeBoard
    let pointType: PointTypeID
  }

  private var current: PointTypeID?
  /// The user behind whom to go on.
  package private(set) var last: UserID?
  /// Nothing was looked at yet: the walk may begin anywhere.
  package private(set) var isAtRandom = true
  private var cursors: [Scan: (epoch: Int64, cursor: [UInt8]?)] = [:]

  package init() {}

  /// Whose turn it is; the first time that of any.
  package mutating func type(among types: [PointType]) -> PointType? {
    if let current, let type = types.first(where: { $0.id == current }) { return type }
    let type = types.randomElement()
    current = type?.id
    return type
  }

  package mutating func begin(after user: UserID?) {
    last = user
    isAtRandom = false
  }

  /// Goes on behind the user, or to the next type; whether that was the last one.
  package mutating func advance(_ user: UserID?, isEnd: Bool, types: [PointType]) -> Bool {
    guard isEnd else {
      last = user
      return false
    }
    return next(types)
  }

  /// Leaves a type that cannot be verified just now.
  package mutating func skip(_ type: PointType) {
    current = nil
    last = nil
  }

  private mutating func next(_ types: [PointType]) -> Bool {
    last = nil
    let place = types.firstIndex { $0.id == current } ?? 0
    current = types.isEmpty ? nil : types[(place + 1) % types.count].id
    return place + 1 >= types.count
  }

  /// Where to go on with a board; a cursor is good for its epoch only.
  package func cursor(of board: AllTimeBoard, _ type: PointTypeID, epoch: Int64) -> [UInt8]? {
    guard let known = cursors[Scan(board: board, pointType: type)], known.epoch == epoch else { return nil }
    return known.cursor
  }

  package mutating func note(_ cursor: [UInt8]?, of board: AllTimeBoard, _ type: PointTypeID, epoch: Int64) {
    cursors[Scan(board: board, pointType: type)] = (epoch, cursor)
  }
}
