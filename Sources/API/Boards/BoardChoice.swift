// Which board a caller means.
import Boards
import HTTPServer
import Ledger

struct BoardChoice {
  /// By name or id; nil means the default type.
  let pointType: String?
  let board: AllTimeBoard

  private static let words = AllTimeBoard.allCases.map(\.rawValue)

  init(_ query: inout QueryReader) throws(Problem) {
    pointType = try query.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
    let word = try query.optionalWord("board", of: Self.words)
    board = word.flatMap(AllTimeBoard.init(rawValue:)) ?? .balance
  }

  init(_ body: inout RequestBody) throws(Problem) {
    pointType = try body.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
    guard let word = try body.optionalString("board", bytes: PointTypeLookup.nameBytesMax) else {
      board = .balance
      return
    }
    guard let board = AllTimeBoard(rawValue: word) else {
      throw .field("board", "must be \(Self.words.joined(separator: " or "))")
    }
    self.board = board
  }
}
