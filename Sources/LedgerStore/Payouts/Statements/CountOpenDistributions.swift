// How many payouts are not at their end, and whether they get on.
import Ledger
package import PostgresClient

/// Payouts of a phase.
package struct OpenPayouts: Sendable, Equatable {
  package let phase: Distribution.Phase
  package let count: Int64
  /// For how long nothing happened to the one of them that stands still longest.
  package let idleSeconds: Double
}

struct CountOpenDistributions: PostgresStatement {
  static let sql = PostgresSQL("count_open_distributions", PackageResources.count_open_distributions_sql)
  static var isReadOnly: Bool { true }

  func bind(to parameters: inout PostgresParameters) {}

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> OpenPayouts {
    guard let phase = Distribution.Phase(rawValue: try row.value(0)) else {
      throw PostgresDecodingError(column: 0, failure: .outOfRange)
    }
    return OpenPayouts(phase: phase, count: try row.value(1), idleSeconds: try row.value(2))
  }
}

extension DistributionStore {
  /// Of each phase that is not an end.
  package func openPayouts() async throws(PostgresError) -> [OpenPayouts] {
    try await pool.query(CountOpenDistributions())
  }
}
