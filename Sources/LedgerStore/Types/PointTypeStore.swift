// Changes of the point types.
package import Ledger
package import PostgresClient

/// One worker's way to change point types; used on its loop only.
package struct PointTypeStore: Sendable {
  private let definitions: Definitions
  /// Who decides.
  private let actor: Actor

  /// The catalog is the worker's own, which learns of these changes at once.
  package init(pool: PostgresPool, catalog: PointTypeCatalog, actor: Actor = .configuration) {
    definitions = Definitions(pool: pool, catalog: catalog)
    self.actor = actor
  }

  private init(_ definitions: Definitions, actor: Actor) {
    self.definitions = definitions
    self.actor = actor
  }

  /// The same, in somebody's name.
  package func acting(for actor: Actor) -> PointTypeStore { PointTypeStore(definitions, actor: actor) }

  /// The name and the traits were checked by the caller.
  package func create(
    _ name: String, _ traits: PointTypeTraits
  ) async throws(PostgresError) -> PointTypeCreation {
    try await definitions.change { transaction throws(PostgresError) in
      guard let type = try await transaction.first(InsertPointType(name: name, traits: traits)) else {
        return .nothing(.nameTaken)
      }
      return .made(.created(type), noting: [.created(type, by: actor)])
    }
  }

  /// The closure is given what the type is under the lock, so that two changes of different traits both
  /// count.
  package func update(
    _ id: PointTypeID, _ edit: @Sendable (inout PointTypeTraits) -> Void
  ) async throws(PostgresError) -> PointTypeUpdate {
    try await definitions.change { transaction throws(PostgresError) in
      guard let type = try await transaction.first(FindPointType(id: id)) else {
        return .nothing(.notFound)
      }
      var traits = PointTypeTraits(of: type)
      edit(&traits)
      guard traits.hasPossibleBounds else { return .nothing(.boundsCross) }
      guard traits != PointTypeTraits(of: type) else { return .nothing(.updated(type)) }
      guard let updated = try await transaction.first(UpdatePointType(id: id, traits: traits)) else {
        return .nothing(.notFound)
      }
      return .made(.updated(updated), noting: [.changed(type, to: updated, by: actor)])
    }
  }

  package func delete(_ id: PointTypeID) async throws(PostgresError) -> PointTypeDeletion {
    do throws(PostgresError) {
      return try await definitions.change { transaction throws(PostgresError) in
        guard let type = try await transaction.first(FindPointType(id: id)) else {
          return .nothing(.notFound)
        }
        guard try await transaction.first(IsRewarded(id: id)) == false else { return .nothing(.rewarded) }
        guard try await transaction.first(DeleteUnusedPointType(id: id)) != nil else {
          return .nothing(.inUse)
        }
        return .made(.deleted, noting: [.deleted(type, by: actor)])
      }
    } catch {
      // Whoever created an account without the definitions lock was found by the foreign key, and so was a
      // rule of rewards that came meanwhile.
      guard error.state == .foreignKeyViolation else { throw error }
      return try await definitions.pool.first(IsRewarded(id: id)) == true ? .rewarded : .inUse
    }
  }
}
