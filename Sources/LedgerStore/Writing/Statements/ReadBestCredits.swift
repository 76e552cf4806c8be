// What the best credit would be without one that is taken back.
import Ledger
import PostgresClient

struct ReadBestCredits: PostgresStatement {
  static let sql = PostgresSQL("read_best_credits", PackageResources.read_best_credits_sql)

  let account: AccountKey
  let board: ScoredBoard
  let period: ScoredBoard.Period
  /// One more than are taken back.
  var limit: Int

  var slot: SlotKey { SlotKey(board: board.number, period: period.number) }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(key: account)
    parameters.append(optional: board.filter.categories.included)
    parameters.append(optional: board.filter.categories.excluded)
    parameters.append(board.filter.countsRewards)
    parameters.append(board.number)
    parameters.append(period.number)
    parameters.append(period.start.postgres)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> BestCredits.Credit {
    BestCredits.Credit(id: try row.id(0), left: try row.value(1))
  }
}
