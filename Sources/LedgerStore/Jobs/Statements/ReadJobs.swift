// How jobs stand.
import Ledger
import PostgresClient

struct ReadJobs: PostgresStatement {
  static let sql = PostgresSQL("read_jobs", PackageResources.read_jobs_sql)
  static var isReadOnly: Bool { true }

  let names: [String]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(names)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> JobRecord {
    var job = JobRecord(name: try row.value(0), schedule: try row.optional(1), timeZone: try row.value(2))
    job.nextDueAt = try row.optionalInstant(3)
    (job.requests, job.startedRequests) = (try row.value(4), try row.value(5))
    job.servedRequests = try row.value(6)
    job.startedAt = try row.optionalInstant(7)
    let total = try row.optional(9, as: Int64.self)
    job.progress = try row.optional(8, as: Int64.self).map { JobSteps(done: $0, total: total) }
    job.last = try finished(row)
    (job.runs, job.failures) = (try row.value(16), try row.value(17))
    (job.failuresInRow, job.lostRuns) = (try row.value(18), try row.value(19))
    (job.isRunning, job.isDue) = (try row.value(20), try row.value(21))
    job.overdueSeconds = try row.value(22)
    return job
  }

  private static func finished(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> FinishedJob? {
    guard let at = try row.optionalInstant(10) else { return nil }
    let counts = zip(try row.array(13, of: String.self), try row.array(14, of: Int64.self))
    return FinishedJob(
      finishedAt: at, seconds: try row.optional(11) ?? 0,
      report: JobReport(
        outcome: try row.optional(12), counts: counts.map { JobCount($0, $1) }, error: try row.optional(15)))
  }
}
