// Begins a run of a job under a lease.
import PostgresClient

struct StartJob: PostgresStatement {
  static let sql = PostgresSQL("start_job", PackageResources.start_job_sql)

  let term: JobTerm
  let bySchedule: Bool

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(term)
    parameters.append(bySchedule)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> JobStore.Begun {
    JobStore.Begun(at: try row.instant(0), request: try row.value(1), failuresInRow: try row.value(2))
  }
}
