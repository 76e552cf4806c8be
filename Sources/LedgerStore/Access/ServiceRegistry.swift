// Services and their keys, as an administrator manages them. Needs a session of the schema's owner: the
// service itself only looks keys up, so whoever takes it over cannot give himself one.
import Ledger
package import PostgresClient

package struct ServiceRegistry {
  /// Which keys are meant.
  package enum Selection: Sendable {
    case key(id: String)
    /// All keys of the service of this name.
    case service(name: String)
  }

  /// A key that was made, and whose.
  package struct Issue: Sendable {
    package let key: APIKey
    package let service: String
    package let role: Role
    /// The keys it replaces.
    package let retired: [String]
  }

  private let session: PostgresSession

  package init(on session: PostgresSession) {
    self.session = session
  }

  /// A new key, for a new service or for one that exists with this very role.
  package func create(
    service name: String, role: Role, lifetime: Duration? = nil
  ) async throws(AccessError) -> Issue {
    guard Self.isName(name) else { throw .notAName(name) }
    let key = APIKey()
    return try await deciding { (transaction) async throws(PostgresError) in
      guard let (id, known) = try await transaction.first(EnsureService(name: name, role: role)) else {
        throw .unexpectedRowCount(0)
      }
      guard known == role else { return .failure(.otherRole(service: name, known)) }
      try await transaction.execute(InsertKey(key: key, service: id, lifetime: lifetime))
      try await transaction.execute(InsertAudit(note: .created(key, for: name, role, replacing: [])))
      return .success(Issue(key: key, service: name, role: role, retired: []))
    }
  }

  package func list() async throws(AccessError) -> [KeyListing] {
    do throws(PostgresError) {
      return try await session.query(ListKeys())
    } catch {
      throw .database(error)
    }
  }

  /// Ends keys at once; returns those that were of use until now.
  package func revoke(_ selection: Selection) async throws(AccessError) -> [String] {
    try await deciding { (transaction) async throws(PostgresError) in
      guard let service = try await lock(selection, in: transaction) else {
        return .failure(.unknown(selection))
      }
      let retired = try await retire(selection, of: service, after: .zero, except: nil, in: transaction)
      for key in retired {
        try await transaction.execute(InsertAudit(note: .revoked(key, of: service.name)))
      }
      return .success(retired)
    }
  }

  /// A new key in the place of one, or of all of a service, which end at once or after the grace. It belongs
  /// to the same service, so requests sent with the old key are recognised when they are repeated with the
  /// new one.
  package func rotate(
    _ selection: Selection, grace: Duration = .zero, lifetime: Duration? = nil
  ) async throws(AccessError) -> Issue {
    let key = APIKey()
    return try await deciding { (transaction) async throws(PostgresError) in
      guard let service = try await lock(selection, in: transaction) else {
        return .failure(.unknown(selection))
      }
      try await transaction.execute(InsertKey(key: key, service: service.id, lifetime: lifetime))
      let retired = try await retire(selection, of: service, after: grace, except: key.id, in: transaction)
      try await transaction.execute(
        InsertAudit(note: .created(key, for: service.name, service.role, replacing: retired)))
      return .success(Issue(key: key, service: service.name, role: service.role, retired: retired))
    }
  }

  // MARK: In a transaction

  private func lock(
    _ selection: Selection, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> StoredService? {
    switch selection {
    case .key(let id): try await transaction.first(LockServiceOfKey(keyID: id))
    case .service(let name): try await transaction.first(LockService(name: name))
    }
  }

  private func retire(
    _ selection: Selection, of service: StoredService, after grace: Duration, except kept: String?,
    in transaction: PostgresTransaction
  ) async throws(PostgresError) -> [String] {
    switch selection {
    case .key(let id):
      let count = try await transaction.execute(RetireKey(id: id, grace: grace))
      return count > 0 ? [id] : []
    case .service:
      return try await transaction.query(RetireKeysOfService(service: service.id, kept: kept, grace: grace))
    }
  }

  /// Runs the body in a transaction; what it decides against leaves nothing behind.
  private func deciding<Value>(
    _ body: (PostgresTransaction) async throws(PostgresError) -> Result<Value, AccessError>
  ) async throws(AccessError) -> Value {
    let outcome: Result<Value, AccessError>
    do throws(PostgresError) {
      outcome = try await session.transaction { (transaction) async throws(PostgresError) in
        let outcome = try await body(transaction)
        if case .failure = outcome { transaction.giveUp() }
        return outcome
      }
    } catch {
      throw .database(error)
    }
    return try outcome.get()
  }

  /// As the table has it; told here in words instead of by a constraint.
  private static func isName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard (1...64).contains(bytes.count), let first = bytes.first else { return false }
    func isLetterOrDigit(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    return isLetterOrDigit(first) && bytes.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
  }
}
