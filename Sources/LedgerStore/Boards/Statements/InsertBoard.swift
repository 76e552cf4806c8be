// A new board.
import Boards
import Calendar
package import Ledger
import PostgresClient

struct InsertBoard: PostgresStatement {
  static let sql = PostgresSQL("insert_board", PackageResources.insert_board_sql)

  let id: BoardID
  let pointType: PointTypeID
  let name: String
  let category: String
  let traits: BoardTraits

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(pointType.postgres)
    parameters.append(name)
    parameters.append(category)
    parameters.append(traits.displayName)
    parameters.append(traits.description)
    parameters.append(traits.metric.rawValue)
    parameters.append(optional: traits.filter.categories.included)
    parameters.append(optional: traits.filter.categories.excluded)
    parameters.append(traits.filter.countsRewards)
    parameters.append(traits.rule.word)
    parameters.append(traits.rule.firstDay.map { Int32($0.rawValue) })
    parameters.append(traits.timeZone)
    parameters.append(Int32(clamping: traits.graceSeconds))
    parameters.append(traits.order.style.rawValue)
    parameters.append(traits.order.isAscending)
    parameters.append(traits.eligibility.minScore)
    parameters.append(traits.eligibility.minCount)
    parameters.append(traits.eligibility.enabledOnly)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> BoardDefinition {
    try row.board()
  }
}

extension EntryFilter.Categories {
  package var included: [String]? { if case .only(let names) = self { names } else { nil } }
  package var excluded: [String]? { if case .except(let names) = self { names } else { nil } }
}
