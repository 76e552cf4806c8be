// What did not take effect of postings, read back.
import Ledger
import PostgresClient

struct ReadRefusedLegs: PostgresStatement {
  static let sql = PostgresSQL("read_refused_legs", PackageResources.read_refused_legs_sql)
  static var isReadOnly: Bool { true }

  let postings: [PostingID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: postings) { $0.postgres }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> RefusedLeg {
    let refusal = Refusal(
      storedName: try row.value(2), figures: try row.array(3), leg: Int(try row.value(1, as: Int16.self)))
    // A refusal of a newer release: better no answer than a wrong one.
    guard let refusal else { throw PostgresDecodingError(column: 2, failure: .outOfRange) }
    return RefusedLeg(posting: try row.id(0), refusal: refusal)
  }
}
