// Where a continuous verifier is: it walks over the accounts of one type after the other, in the order of
// users, and over both boards of each as it comes by. It is pure.
package import BoardStore
package import Ledger

package struct SampleWalk: Sendable {
  private struct Scan: Hashable {
    let board: MirroredSet
    let pointType: PointTypeID
  }

  /// How far the walk over one type has come.
  private struct Progress {
    var last: UserID?
    /// It began at the first user, so its end is the end of all of them.
    var isFromBeginning = true
  }

  private var current: PointTypeID?
  /// Nothing was looked at yet: the walk may begin anywhere.
  package private(set) var isAtRandom = true
  private var progress: [PointTypeID: Progress] = [:]
  /// Which types were walked over from beginning to end since all of them had been.
  private var walked: Set<PointTypeID> = []
  private var cursors: [Scan: (epoch: Int64, cursor: [UInt8]?)] = [:]

  package init() {}

  /// Whose turn it is; the first time that of any.
  package mutating func type(among types: [PointType]) -> PointType? {
    if let current, let type = types.first(where: { $0.id == current }) { return type }
    let type = types.randomElement()
    current = type?.id
    return type
  }

  /// The user behind whom to go on.
  package var last: UserID? { current.flatMap { progress[$0]?.last } }

  /// Begins with the first user, or behind some other one: then the end of the type is not all of it.
  package mutating func begin(after user: UserID?) {
    isAtRandom = false
    guard let current else { return }
    progress[current] = Progress(last: user, isFromBeginning: user == nil)
  }

  /// Goes on behind the user, or to the next type; whether all types have been walked over with that.
  package mutating func advance(_ user: UserID?, isEnd: Bool, types: [PointType]) -> Bool {
    guard let current else { return false }
    guard isEnd else {
      progress[current, default: Progress()].last = user
      return false
    }
    if progress[current]?.isFromBeginning ?? true { walked.insert(current) }
    progress[current] = nil
    leave(types)
    guard types.allSatisfy({ walked.contains($0.id) }) else { return false }
    walked = []
    return true
  }

  /// Leaves a type that cannot be verified just now; it goes on there when its turn comes again.
  package mutating func skip(types: [PointType]) { leave(types) }

  private mutating func leave(_ types: [PointType]) {
    let place = types.firstIndex { $0.id == current } ?? 0
    current = types.isEmpty ? nil : types[(place + 1) % types.count].id
  }

  /// Where to go on with a board; a cursor is good for its epoch only.
  package func cursor(of board: MirroredSet, _ type: PointTypeID, epoch: Int64) -> [UInt8]? {
    guard let known = cursors[Scan(board: board, pointType: type)], known.epoch == epoch else { return nil }
    return known.cursor
  }

  package mutating func note(_ cursor: [UInt8]?, of board: MirroredSet, _ type: PointTypeID, epoch: Int64) {
    cursors[Scan(board: board, pointType: type)] = (epoch, cursor)
  }
}
