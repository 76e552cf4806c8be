// Changes of the point types. Each holds the definitions lock exclusively, the lock that every writing
// transaction holds shared: so nobody decides by a definition while it changes, and when the change is
// committed the generation says to everybody that there was one.
package import Ledger
package import PostgresClient

/// One worker's way to change point types; used on its loop only.
package struct PointTypeStore: Sendable {
  let pool: PostgresPool
  let catalog: PointTypeCatalog

  /// The catalog is the worker's own, which learns of these changes at once.
  package init(pool: PostgresPool, catalog: PointTypeCatalog) {
    self.pool = pool
    self.catalog = catalog
  }

  /// The name and the traits were checked by the caller.
  package func create(
    _ name: String, _ traits: PointTypeTraits
  ) async throws(PostgresError) -> PointTypeCreation {
    try await change { transaction throws(PostgresError) in
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
    try await change { transaction throws(PostgresError) in
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
      return try await change { transaction throws(PostgresError) in
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

  private func change<Outcome: Sendable>(
    _ body: (PostgresTransaction) async throws(PostgresError) -> (Outcome, changesNothing: Bool)
  ) async throws(PostgresError) -> Outcome {
    let (outcome, changesNothing) = try await pool.transactionTriedTwice {
      transaction throws(PostgresError) in
      _ = try await transaction.query(HoldDefinitionsAlone())
      let result = try await body(transaction)
      if result.changesNothing {
        transaction.giveUp()
      } else {
        _ = try await transaction.commit(with: RaiseGeneration())
      }
      return result
    }
    // The change stands, whether or not it can be read back just now; the next look finds it.
    if !changesNothing { try? await catalog.load(from: pool) }
    return outcome
  }
}
