// Which of some reversals are wrong.
import Ledger
import PostgresClient

struct JudgeReversals: PostgresStatement {
  static let sql = PostgresSQL("judge_reversals", PackageResources.judge_reversals_sql)
  static var isReadOnly: Bool { true }

  let ids: [TransactionID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: ids) { $0.postgres }
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (id: TransactionID, rule: CheckedChain.Rule) {
    (try row.id(0), try row.value(1) ? .totals : .reversal)
  }
}
