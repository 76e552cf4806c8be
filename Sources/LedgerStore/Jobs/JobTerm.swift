// A lease that was taken for a job. Its term rises when somebody else takes the lease, and every statement of
// a run names it: so a run that was thought dead, and comes back after another has begun, records nothing.
package import Ledger
package import PostgresClient

package struct JobTerm: Sendable {
  package let job: String
  package let lease: Lease
  let term: Int64

  /// Takes the lease of a job, or nil where another holds it.
  package static func take(
    _ job: String, holder: UUIDBits, seconds: Double, from pool: PostgresPool
  ) async throws(PostgresError) -> JobTerm? {
    let lease = Lease("job:\(job)", holder: holder, seconds: seconds)
    return try await lease.takeTerm(from: pool).map { JobTerm(job: job, lease: lease, term: $0) }
  }
}

extension PostgresParameters {
  /// The job's name, and its lease's, the holder and the term.
  mutating func append(_ term: JobTerm) {
    append(term.job)
    append(term.lease.name)
    append(term.lease.holder.postgres)
    append(term.term)
  }
}
