// Changes of the point types.
package import Ledger
package import PostgresClient

/// One worker's way to change point types; used on its loop only.
package struct PointTypeStore: Sendable {
  private let definitions: Definitions

  /// The catalog is the worker's own, which learns of these changes at once.
  package init(pool: PostgresPool, catalog: PointTypeCatalog) {
    definitions = Definitions(pool: pool, catalog: catalog)
  }

  /// The name and the traits were checked by the caller.
  package func create(
    _ name: String, _ traits: PointTypeTraits
  ) async throws(PostgresError) -> PointTypeCreation {
    try await definitions.change { transaction throws(PostgresError) in
      guard let type = try await transaction.first(InsertPointType(name: name, traits: traits)) else {
        return (.nameTaken, changesNothing: true)
      }
      return (.created(type), changesNothing: false)
    }
  }

  /// The closure is given what the type is under the lock, so that two changes of different traits both
  /// count.
  package func update(
    _ id: PointTypeID, _ edit: @Sendable (inout PointTypeTraits) -> Void
  ) async throws(PostgresError) -> PointTypeUpdate {
    try await definitions.change { transaction throws(PostgresError) in
      guard let type = try await transaction.first(FindPointType(id: id)) else {
        return (.notFound, changesNothing: true)
      }
      var traits = PointTypeTraits(of: type)
      edit(&traits)
      guard traits.hasPossibleBounds else { return (.boundsCross, changesNothing: true) }
      guard traits != PointTypeTraits(of: type) else { return (.updated(type), changesNothing: true) }
      guard let updated = try await transaction.first(UpdatePointType(id: id, traits: traits)) else {
        return (.notFound, changesNothing: true)
      }
      return (.updated(updated), changesNothing: false)
    }
  }

  package func delete(_ id: PointTypeID) async throws(PostgresError) -> PointTypeDeletion {
    do throws(PostgresError) {
      return try await definitions.change { transaction throws(PostgresError) in
        if try await transaction.first(DeleteUnusedPointType(id: id)) != nil {
          return (.deleted, changesNothing: false)
        }
        let isThere = try await transaction.first(FindPointType(id: id)) != nil
        return (isThere ? .inUse : .notFound, changesNothing: true)
      }
    } catch {
      // Whoever created an account without the definitions lock was found by the foreign key.
      guard error.state == .foreignKeyViolation else { throw error }
      return .inUse
    }
  }
}
