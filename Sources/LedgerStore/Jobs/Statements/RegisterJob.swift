// Enters a job, or another schedule of it.
import Ledger
import PostgresClient

struct RegisterJob: PostgresStatement {
  static let sql = PostgresSQL("register_job", PackageResources.register_job_sql)

  let name: String
  let schedule: String?
  let timeZone: String
  let nextDueAt: Instant?
  /// Whether another schedule that stands there is left as it is.
  let sparesOthers: Bool

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(name)
    parameters.append(schedule)
    parameters.append(timeZone)
    parameters.append(nextDueAt?.postgres)
    parameters.append(sparesOthers)
  }
}
