// Many users at once, as they are brought from elsewhere. What is known of a user here is never overwritten
// by it.
package import Ledger
package import PostgresClient

/// As much of a user as decides whether points can be brought.
package struct RegisteredUser: Sendable, Equatable {
  package let isEnabled: Bool
  package let hasName: Bool

  package init(isEnabled: Bool, hasName: Bool) {
    self.isEnabled = isEnabled
    self.hasName = hasName
  }
}

extension UserStore {
  /// Creates those who are not there yet. The first name counts, if one user is given several.
  package func register(_ users: [(user: UserID, displayName: String)]) async throws(PostgresError) {
    guard !users.isEmpty else { return }
    let names = Dictionary(users.map { ($0.user, $0.displayName) }, uniquingKeysWith: { first, _ in first })
    let sorted = names.sorted { $0.key < $1.key }.map { (user: $0.key, displayName: $0.value) }
    try await pool.execute(RegisterUsers(users: sorted))
  }

  /// Those who are there.
  package func standings(of users: [UserID]) async throws(PostgresError) -> [UserID: RegisteredUser] {
    let rows = try await pool.query(ReadStandings(users: Array(Set(users))))
    return Dictionary(rows.map { ($0.user, $0.standing) }, uniquingKeysWith: { first, _ in first })
  }

  /// Gives a user a name who has none; every account shows it from then on.
  package func name(_ id: UserID, _ displayName: String) async throws(PostgresError) {
    try await pool.transactionTriedTwice { transaction throws(PostgresError) in
      guard let user = try await transaction.first(LockUser(user: id)), user.traits.displayName == nil else {
        return transaction.giveUp()
      }
      var traits = user.traits
      traits.displayName = displayName
      _ = try await updateVisibly(id, traits, in: transaction)
    }
  }
}
