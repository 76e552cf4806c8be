// Lines of a payout with what became of them.
import Ledger
import PostgresClient

struct ReadPaidLegs: PostgresStatement {
  static let sql = PostgresSQL("read_paid_legs", PackageResources.read_paid_legs_sql)
  static var isReadOnly: Bool { true }

  let number: Int32
  let after: Int32
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(after)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PaidLeg {
    let leg = NumberedLeg(number: try row.value(0), leg: try row.payoutLeg(from: 1))
    guard try row.optionalInstant(9) != nil else { return PaidLeg(line: leg, outcome: .waiting) }
    if let name: String = try row.optional(11) {
      let refusal = Refusal(storedName: name, figures: try row.array(12), leg: 0)
      // A refusal of a newer release: better no answer than a wrong one.
      guard let refusal else { throw PostgresDecodingError(column: 11, failure: .outOfRange) }
      return PaidLeg(line: leg, outcome: .refused(refusal))
    }
    let posting: PostingID = try row.id(8)
    let (place, refusedBefore): (Int32, Int64) = (try row.value(10), try row.value(13))
    return PaidLeg(line: leg, outcome: .posted(posting.transaction(leg: Int(place) - Int(refusedBefore))))
  }
}
