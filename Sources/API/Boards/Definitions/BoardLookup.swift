// Which defined board a caller means. Whoever defined it by way of one worker finds it by way of another.
import Boards
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient

extension PointTypeLookup {
  /// By name or id, or a 404.
  func board(_ nameOrID: String, category: String = "") async throws(Problem) -> DefinedBoard {
    if let known = catalog.boards.board(nameOrID, category: category) { return known }
    try await refresh()
    guard let found = catalog.boards.board(nameOrID, category: category) else {
      let suffix = category.isEmpty ? "" : " of the category \"\(category)\""
      throw Problem(.notFound, "There is no board \"\(nameOrID)\"\(suffix).")
    }
    return found
  }

  func typeName(of board: DefinedBoard) -> String {
    catalog.byID[board.definition.pointType]?.name ?? board.definition.pointType.description
  }
}
