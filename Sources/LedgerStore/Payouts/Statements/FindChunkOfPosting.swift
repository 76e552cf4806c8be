// From a transaction to the payout that made it.
import Ledger
import PostgresClient

struct FindChunkOfPosting: PostgresStatement {
  static let sql = PostgresSQL("find_chunk_of_posting", PackageResources.find_chunk_of_posting_sql)
  static var isReadOnly: Bool { true }

  let posting: PostingID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(posting.postgres)
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (distribution: DistributionID, legs: ClosedRange<Int32>) {
    let first: Int32 = try row.value(1)
    return (try row.id(0), first...max(first, try row.value(2)))
  }
}
