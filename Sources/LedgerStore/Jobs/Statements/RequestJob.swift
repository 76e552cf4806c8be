// Asks for a run of a job.
import PostgresClient

struct RequestJob: PostgresStatement {
  static let sql = PostgresSQL("request_job", PackageResources.request_job_sql)

  let name: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(name)
  }

  /// The request's number.
  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}
