// Lines of a payout with all that its report tells of them.
import Ledger
import PostgresClient

struct ReadReportLegs: PostgresStatement {
  static let sql = PostgresSQL("read_report_legs", PackageResources.read_report_legs_sql)
  static var isReadOnly: Bool { true }

  let number: Int32
  let after: Int32
  let limit: Int
  /// Nil where its entries are gone.
  let snapshot: SnapshotNumber?

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(after)
    parameters.append(Int64(limit))
    parameters.append(snapshot?.value)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> ReportedLeg {
    var refusal: Refusal?
    if let name: String = try row.optional(10) {
      refusal = Refusal(storedName: name, figures: try row.array(11), leg: 0)
      // One of a newer release: better no report than a wrong one.
      guard refusal != nil else { throw PostgresDecodingError(column: 10, failure: .outOfRange) }
    }
    return ReportedLeg(
      line: NumberedLeg(number: try row.value(0), leg: try row.payoutLeg(from: 1)),
      score: try row.optional(8), wasPosted: try row.value(9), refusal: refusal,
      effective: try row.value(13),
      transactions: try row.array(12, of: PostgresUUID.self).map { TransactionID($0) },
      postedAt: try row.optionalInstant(14))
  }
}
