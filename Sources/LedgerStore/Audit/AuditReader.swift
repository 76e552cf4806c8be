// What was decided, for whoever wants to know later.
package import PostgresClient

/// One worker's, used on its loop only.
package struct AuditReader: Sendable {
  private let pool: PostgresPool

  package init(pool: PostgresPool) {
    self.pool = pool
  }

  /// The last first; of one subject, by its id, if one is given.
  package func page(
    of subject: String?, before id: Int64 = .max, limit: Int64
  ) async throws(PostgresError) -> [AuditEntry] {
    try await pool.query(ReadAudit(subject: subject, before: id, limit: limit))
  }
}
