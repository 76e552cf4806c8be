// What can be asked about a board: once, or again and again for as long as somebody listens.
import Boards
import HTTPServer
import Ledger

struct BoardQuestion: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// Of a share of the board, or of all of it.
    case page(offset: Int64, limit: Int64, top: TopShare? = nil)
    case rank(UserID)
    case around(UserID, count: Int64)
    case aroundScore(Int64, count: Int64)
  }

  struct BoardName: Hashable, Sendable {
    let pointType: PointTypeID
    let board: AskedBoard
  }

  let pointType: PointTypeID
  /// As answers name it.
  let typeName: String
  let board: AskedBoard
  let kind: Kind

  init(_ kind: Kind, _ type: PointType, _ board: AskedBoard) {
    pointType = type.id
    typeName = type.name
    self.board = board
    self.kind = kind
  }

  var boardName: BoardName { BoardName(pointType: pointType, board: board) }
}

/// What is asked, as the parameters of a query say it.
typealias BoardKindReader = @Sendable (inout QueryReader) throws(Problem) -> BoardQuestion.Kind

extension BoardQuestion.Kind {
  static func page(reading query: inout QueryReader, rowsMax: Int64) throws(Problem) -> Self {
    let limit = try query.integer("limit", in: 1...rowsMax, otherwise: 25)
    let offset = try query.integer("offset", in: 0...1_000_000_000, otherwise: 0)
    let top = try query.optionalHundredths("topPercent", in: 1...10_000).map { TopShare(hundredths: $0) }
    return .page(offset: offset, limit: limit, top: top)
  }

  /// Each row is looked up in a snapshot, so there must not be too many.
  func allowChanges() throws(Problem) {
    let (name, rows): (StaticString, Int64) =
      switch self {
      case .page(_, let limit, _): ("limit", limit)
      case .rank: ("userId", 1)
      case .around(_, let count), .aroundScore(_, let count): ("count", count)
      }
    guard rows <= RankChanges.rowsMax else {
      throw Problem(
        .validationFailed,
        "The parameter \"\(name)\" must be at most \(RankChanges.rowsMax) with \"change\".",
        members: [.text("field", "\(name)")])
    }
  }

  static func rank(reading query: inout QueryReader) throws(Problem) -> Self {
    .rank(try query.userID("userId"))
  }

  static func around(reading query: inout QueryReader, rowsMax: Int64) throws(Problem) -> Self {
    let user = try query.optionalUserID("userId")
    let score = try query.optionalInteger("score", in: Int64.min...Int64.max)
    let count = try query.integer("count", in: 1...rowsMax, otherwise: 11)
    switch (user, score) {
    case (let user?, nil): return .around(user, count: count)
    case (nil, let score?): return .aroundScore(score, count: count)
    case _:
      throw Problem(
        .validationFailed, "One of the parameters \"userId\" and \"score\" is required.",
        members: [.text("field", "userId")])
    }
  }
}
