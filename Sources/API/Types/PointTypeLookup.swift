// Which point type a caller means. Every route that takes one takes a name or an id, and means the same by
// none at all.
package import EventLoop
import HTTPServer
import Ledger
package import LedgerStore
package import PostgresClient

/// One worker's way from names to point types; used on its loop only.
package struct PointTypeLookup: Sendable {
  static let nameBytesMax: Int = 64

  package let catalog: PointTypeCatalog
  let pool: PostgresPool
  let loop: EventLoop

  package init(_ catalog: PointTypeCatalog, pool: PostgresPool, on loop: EventLoop) {
    self.catalog = catalog
    self.pool = pool
    self.loop = loop
  }

  /// The type that is named, the default type without a name, or a 404. A request with several names says
  /// when it came: one look at the database is then enough for all that are unknown.
  func type(
    _ nameOrID: String?, since request: PointTypeCatalog.Moment? = nil,
    explaining problem: (PostgresError) -> Problem = Problem.init(explaining:)
  ) async throws(Problem) -> PointType {
    let nameOrID = nameOrID ?? PointType.defaultName
    if let known = catalog.type(nameOrID) { return known }
    let found: PointType?
    do throws(PostgresError) {
      found = try await catalog.resolve(nameOrID, since: request, from: pool, on: loop)
    } catch {
      throw problem(error)
    }
    guard let found else { throw Problem(.notFound, "There is no point type \"\(nameOrID)\".") }
    return found
  }

  /// Makes sure that the catalog is of this moment.
  func refresh() async throws(Problem) {
    _ = try await Problem.explaining { () async throws(PostgresError) in try await catalog.refresh(from: pool)
    }
  }

  /// A type with accounts cannot be deleted, so one that has no name here is only not known here yet.
  func learnNames(of types: some Sequence<PointTypeID>) async throws(Problem) {
    for type in types where catalog.byID[type] == nil { return try await refresh() }
  }
}
