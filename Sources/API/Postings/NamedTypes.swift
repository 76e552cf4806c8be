// The point types that one request names, many of them perhaps, and perhaps none that exists. Looking for an
// unknown name takes its time, so that nobody can have the database asked without end; a request looks once,
// and what is not there by then was not there when the request came.
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient

struct NamedTypes {
  let catalog: PointTypeCatalog
  let pool: PostgresPool
  private var hasLooked = false

  init(_ catalog: PointTypeCatalog, _ pool: PostgresPool) {
    self.catalog = catalog
    self.pool = pool
  }

  /// The type of this name or id, the default type without one, or a 404.
  mutating func id(of nameOrID: String?) async throws(Problem) -> PointTypeID {
    let nameOrID = nameOrID ?? PointType.defaultName
    if let known = catalog.type(nameOrID) { return known.id }
    if !hasLooked {
      hasLooked = true
      do throws(PostgresError) {
        if let found = try await catalog.resolve(nameOrID, from: pool, on: pool.loop) { return found.id }
      } catch {
        throw Problem(beforePosting: error)
      }
    }
    throw Problem(.notFound, "There is no point type \"\(nameOrID)\".")
  }
}
