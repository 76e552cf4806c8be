// Boards that are filled, stopped, or removed from now on.
import Boards
import Ledger
import PostgresClient

struct SetBoardState: PostgresStatement {
  static let sql = PostgresSQL("set_board_state", PackageResources.set_board_state_sql)

  let boards: [BoardID]
  let state: BoardDefinition.State

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: boards) { $0.postgres }
    parameters.append(state.rawValue)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> BoardID {
    try row.id(0)
  }
}
