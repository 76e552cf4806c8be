// Users as callers describe them. Boards show a user's name and lanes ask whether the user is enabled, so
// accounts hold a copy of either, and a change of one is a change of every account of that user: their
// revisions rise in the same transaction, and mirrors learn of it the way they learn of postings.
package import Ledger
package import PostgresClient

/// What became of a user that was put.
package struct UserPut: Sendable, Equatable {
  package let user: UserRecord
  package let isNew: Bool
  /// Accounts that look different now and must be shown to mirrors.
  package let changedAccounts: [NamedAccount]
}

/// One worker's users; used on its loop only.
package struct UserStore: Sendable {
  let pool: PostgresPool
  /// Who decides.
  private let actor: Actor

  package init(pool: PostgresPool, actor: Actor = .configuration) {
    self.pool = pool
    self.actor = actor
  }

  /// The same, in somebody's name.
  package func acting(for actor: Actor) -> UserStore { UserStore(pool: pool, actor: actor) }

  package func get(_ id: UserID) async throws(PostgresError) -> UserRecord? {
    try await pool.first(ReadUser(user: id))
  }

  /// Makes the user what the traits say, all of them. A repeat changes nothing.
  package func put(_ id: UserID, _ traits: UserTraits) async throws(PostgresError) -> UserPut {
    try await pool.transactionTriedTwice { transaction throws(PostgresError) in
      // Whoever closes a period waits for this, so that it is known who was enabled when the period ended.
      let (_, created, locked) = try await transaction.pipeline(
        HoldDefinitions(), InsertUser(user: id, traits: traits), LockUser(user: id))
      guard let before = locked.first else { throw .unexpectedRowCount(0) }
      if created.isEmpty ? before.traits.isEnabled != traits.isEnabled : !traits.isEnabled {
        let note = AuditNote.standing(of: id, isEnabled: traits.isEnabled, by: actor)
        _ = try await transaction.query(InsertAudit(note: note))
      }
      if !created.isEmpty { return UserPut(user: before, isNew: true, changedAccounts: []) }
      guard before.traits != traits else {
        return UserPut(user: before, isNew: false, changedAccounts: [])
      }
      return before.traits.looksLike(traits)
        ? try await update(id, traits, in: transaction)
        : try await updateVisibly(id, traits, in: transaction)
    }
  }

  /// Only what no account shows.
  private func update(
    _ id: UserID, _ traits: UserTraits, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> UserPut {
    let updated = try await transaction.commit(with: UpdateUser(user: id, traits: traits))
    guard let user = updated.first else { throw .unexpectedRowCount(0) }
    return UserPut(user: user, isNew: false, changedAccounts: [])
  }

  func updateVisibly(
    _ id: UserID, _ traits: UserTraits, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> UserPut {
    let (updated, _, revised) = try await transaction.pipeline(
      UpdateUser(user: id, traits: traits), LockUserAccounts(user: id),
      ReviseUserAccounts(user: id, traits: traits))
    guard let user = updated.first else { throw .unexpectedRowCount(0) }
    let changed = revised.sorted { $0.account.key < $1.account.key }
    if !changed.isEmpty {
      _ = try await transaction.commit(with: InsertBatch(accounts: changed.map(\.account)))
    }
    return UserPut(user: user, isNew: false, changedAccounts: changed)
  }
}
