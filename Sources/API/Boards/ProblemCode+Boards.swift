// What boards may answer instead of what was asked for.
package import HTTPServer

extension ProblemCode {
  package static var notRanked: Self {
    Self("not_ranked", .notFound, "The user is not on this board.")
  }
  package static var noPeriod: Self {
    Self("no_period", .notFound, "The board has no period at this moment.")
  }
  package static var boardFilling: Self {
    Self("board_filling", .serviceUnavailable, "The board is being filled.")
  }
  package static var impossibleBoard: Self {
    Self("impossible_board", .unprocessableContent, "There can be no such board.")
  }
  package static var boardExists: Self {
    Self("board_exists", .conflict, "There is a board of this name.")
  }
  package static var tooManyBoards: Self {
    Self("too_many_boards", .conflict, "The point type has as many boards as it may have.")
  }
  package static var periodClosed: Self {
    Self("period_closed", .conflict, "The period is closed.")
  }
  package static var periodUnchangeable: Self {
    Self("period_unchangeable", .unprocessableContent, "The period cannot be changed in this way.")
  }
}
