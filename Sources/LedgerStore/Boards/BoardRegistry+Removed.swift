// Boards that are gone, for whoever has to forget them, too.
package import Ledger
package import PostgresClient

package struct RemovedBoard: Sendable {
  package let number: Int32
  package let pointType: PointTypeID
}

extension BoardRegistry {
  /// Those that were removed within a month. Nothing holds anything of the others any more.
  package func removedLately() async throws(PostgresError) -> [RemovedBoard] {
    try await definitions.pool.query(ReadRemovedBoards())
  }
}
