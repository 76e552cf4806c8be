// The memory of what requests were answered.
import Ledger
import PostgresClient

struct InsertRequests: PostgresStatement {
  static let sql = PostgresSQL("insert_requests", PackageResources.insert_requests_sql)

  let requests: [AnsweredRequest]
  let now: Instant

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: requests) { $0.request.digest.postgres }
    parameters.append(column: requests) { PostgresBytes($0.request.fingerprint.bytes) }
    parameters.append(nullableColumn: requests) { $0.posting?.postgres }
    parameters.append(nullableColumn: requests) { $0.refusal?.storedName }
    parameters.append(nullableColumn: requests) { $0.refusal.map { Int16(clamping: $0.leg) } }
    parameters.append(nullableColumn: requests) { $0.figuresAsArrayText }
    parameters.append(column: requests) { _ in now.postgres }
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

  /// Arrays of different lengths cannot be columns of an array, so they travel as text.
  fileprivate var figuresAsArrayText: String? {
    let figures: [Int64]
    switch outcome {
    case .posted(_, let remaining?): figures = [remaining]
    case .posted: return nil
    case .refused(let refusal): figures = refusal.storedFigures
    }
    return "{" + figures.map(String.init).joined(separator: ",") + "}"
  }
}
