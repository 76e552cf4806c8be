// The memory of what requests were answered.
import Ledger
import PostgresClient

struct InsertRequests: PostgresStatement {
  static let sql = PostgresSQL("insert_requests", PackageResources.insert_requests_sql)

  let requests: [AnsweredRequest]
  let now: Instant

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(rows: requests) { row, fields in
      fields.append(row.request.digest.postgres)
      fields.append(PostgresBytes(row.request.fingerprint.bytes))
      fields.append(row.posting?.postgres)
      fields.append(row.refusal?.storedName)
      fields.append(row.refusal.map { Int16(clamping: $0.leg) })
      fields.append(row.figures)
      fields.append(now.postgres)
    }
  }
}

/// A request and its answer, to be remembered.
struct AnsweredRequest {
  let request: Request
  let outcome: RememberedRequest.Outcome

  var posting: PostingID? {
    if case .posted(let id, _) = outcome { id } else { nil }
  }

  var refusal: Refusal? {
    if case .refused(let refusal) = outcome { refusal } else { nil }
  }

  /// Beside the answer: of a posting that reverses, how much was left; the figures of a refusal.
  fileprivate var figures: [Int64]? {
    switch outcome {
    case .posted(_, let remaining): remaining.map { [$0] }
    case .refused(let refusal): refusal.storedFigures
    }
  }
}
