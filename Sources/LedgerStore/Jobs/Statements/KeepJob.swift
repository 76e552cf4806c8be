// Prolongs the lease of a job that runs, and notes how far it is.
import Ledger
import PostgresClient

struct KeepJob: PostgresStatement {
  static let sql = PostgresSQL("keep_job", PackageResources.keep_job_sql)

  let term: JobTerm
  let steps: JobSteps?

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(term)
    parameters.append(term.lease.seconds)
    parameters.append(steps?.done)
    parameters.append(steps?.total)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Instant {
    try row.instant(0)
  }
}
