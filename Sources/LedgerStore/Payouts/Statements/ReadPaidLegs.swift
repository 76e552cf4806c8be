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
    let line = NumberedLeg(number: try row.value(0), leg: try row.payoutLeg(from: 1))
    let parts = try row.optionalArray(14, of: PostgresUUID.self) ?? []
    let taken = parts.map { TransactionID(UUIDBits($0)) }
    guard try row.optionalInstant(9) != nil else {
      return PaidLeg(line: line, outcome: .waiting, transactions: taken)
    }
    if let name: String = try row.optional(11) {
      let refusal = Refusal(storedName: name, figures: try row.array(12), leg: 0)
      // A refusal of a newer release: better no answer than a wrong one.
      guard let refusal else { throw PostgresDecodingError(column: 11, failure: .outOfRange) }
      return PaidLeg(line: line, outcome: .refused(refusal), transactions: taken)
    }
    let posting: PostingID = try row.id(8)
    let (place, refusedBefore): (Int32, Int64) = (try row.value(10), try row.value(13))
    let transaction = posting.transaction(leg: Int(place) - Int(refusedBefore))
    return PaidLeg(
      line: line, outcome: .posted(transaction), transactions: taken.isEmpty ? [transaction] : taken)
  }
}
