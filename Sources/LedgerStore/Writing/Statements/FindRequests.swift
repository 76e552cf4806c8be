// What is remembered under keys.
import Ledger
import PostgresClient

struct FindRequests: PostgresStatement {
  static let sql = PostgresSQL("find_requests", PackageResources.find_requests_sql)

  let digests: [UUIDBits]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: digests) { $0.postgres }
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (digest: UUIDBits, remembered: RememberedRequest) {
    let fingerprint = RequestFingerprint(bytes: try row.value(1, as: PostgresBytes.self).bytes)
    return (
      UUIDBits(try row.value(0, as: PostgresUUID.self)),
      RememberedRequest(fingerprint: fingerprint, outcome: try outcome(row))
    )
  }

  private static func outcome(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> RememberedRequest.Outcome {
    let figures: [Int64] = try row.array(5)
    if let posting = try row.optionalID(2, as: PostingID.self) {
      return .posted(posting, remaining: figures.first)
    }
    let leg = try row.value(4, as: Int16.self)
    let refusal = Refusal(
      storedName: try row.value(3), figures: figures, leg: Int(leg))
    // A refusal of a newer release: better no answer than a wrong one.
    guard let refusal else { throw PostgresDecodingError(column: 3, failure: .outOfRange) }
    return .refused(refusal)
  }
}
