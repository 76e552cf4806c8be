// Records what came of a run.
import Ledger
import PostgresClient

struct FinishJob: PostgresStatement {
  static let sql = PostgresSQL("finish_job", PackageResources.finish_job_sql)

  let term: JobTerm
  let request: Int64
  let report: JobReport
  let next: JobStore.NextDue

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(term)
    parameters.append(report.outcome?.cut(toBytes: 512))
    parameters.append(column: report.counts) { $0.name }
    parameters.append(column: report.counts) { $0.value }
    parameters.append(report.error?.cut(toBytes: 2048))
    parameters.append(request)
    parameters.append(next == .unchanged)
    parameters.append(nextDueAt?.postgres)
  }

  private var nextDueAt: Instant? {
    switch next {
    case .unchanged: nil
    case .at(let instant): instant
    }
  }
}

extension String {
  /// As much from its beginning as fits, in whole characters and without the one that Postgres cannot keep.
  fileprivate func cut(toBytes limit: Int) -> String {
    var text = String.UnicodeScalarView()
    var count = 0
    for scalar in unicodeScalars where scalar != "\0" {
      count += UTF8.width(scalar)
      guard count <= limit else { break }
      text.append(scalar)
    }
    return String(text)
  }
}
