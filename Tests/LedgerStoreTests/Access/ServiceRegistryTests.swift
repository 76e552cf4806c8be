// Services and keys in a real Postgres, managed by the owner and looked up by the service's role.
import Cryptography
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct ServiceRegistryTests {
  @Test func `a key that was made is found, with its service and role`() async throws {
    let database = try await LedgerDatabase.make()
    let issue = try await managing(database) { try await $0.create(service: "game", role: .service) }
    let row = try #require(try await find(issue.key, in: database))
    #expect(row.digest == issue.key.digest)
    #expect(row.name == "game" && row.role == .service && row.isValid)
    #expect(try await find(APIKey(), in: database) == nil)
  }

  @Test func `keys of one service share its id, and a service keeps its role`() async throws {
    let database = try await LedgerDatabase.make()
    let first = try await managing(database) { try await $0.create(service: "game", role: .service) }
    let second = try await managing(database) { try await $0.create(service: "game", role: .service) }
    let one = try await find(first.key, in: database)
    let other = try await find(second.key, in: database)
    #expect(one?.service == other?.service && one != nil)
    let refusal = await refusal(database) { _ = try await $0.create(service: "game", role: .admin) }
    #expect(refusal == "the service game exists, and its role is service")
    #expect(try await managing(database) { try await $0.list() }.count == 2)
  }

  @Test(arguments: ["", "Game", "-game", "a b", "ä", String(repeating: "a", count: 65)])
  func `a name that is none is refused in words`(name: String) async throws {
    let database = try await LedgerDatabase.make()
    let told = await refusal(database) { _ = try await $0.create(service: name, role: .reader) }
    #expect(told?.contains("is no name of a service") == true)
  }

  @Test func `a revoked key is invalid at once, and stays listed`() async throws {
    let database = try await LedgerDatabase.make()
    let issue = try await managing(database) { try await $0.create(service: "game", role: .reader) }
    let other = try await managing(database) { try await $0.create(service: "game", role: .reader) }
    #expect(try await managing(database) { try await $0.revoke(.key(id: issue.key.id)) } == [issue.key.id])
    #expect(try await managing(database) { try await $0.revoke(.key(id: issue.key.id)) } == [])
    #expect(try await find(issue.key, in: database)?.isValid == false)
    #expect(try await find(other.key, in: database)?.isValid == true)
    let listed = try await managing(database) { try await $0.list() }
    #expect(listed.filter(\.isValid).map(\.id) == [other.key.id])
    #expect(listed.first { $0.id == issue.key.id }?.revokedAt != nil)
    #expect(listed.first { $0.id == issue.key.id }.map { issue.key.text.hasSuffix($0.hint) } == true)
  }

  @Test func `revoking a service ends all its keys and no other`() async throws {
    let database = try await LedgerDatabase.make()
    let game = try await managing(database) { try await $0.create(service: "game", role: .reader) }
    _ = try await managing(database) { try await $0.create(service: "game", role: .reader) }
    let shop = try await managing(database) { try await $0.create(service: "shop", role: .reader) }
    #expect(try await managing(database) { try await $0.revoke(.service(name: "game")) }.count == 2)
    #expect(try await find(game.key, in: database)?.isValid == false)
    #expect(try await find(shop.key, in: database)?.isValid == true)
  }

  @Test func `a rotated key belongs to the same service, and the old one ends at once`() async throws {
    let database = try await LedgerDatabase.make()
    let old = try await managing(database) { try await $0.create(service: "game", role: .admin) }
    let new = try await managing(database) { try await $0.rotate(.key(id: old.key.id)) }
    #expect(new.service == "game" && new.role == .admin && new.retired == [old.key.id])
    let before = try #require(try await find(old.key, in: database))
    let after = try #require(try await find(new.key, in: database))
    #expect(before.service == after.service)
    #expect(!before.isValid && after.isValid)
  }

  @Test func `with a grace all old keys of the service go on for that time and no longer`() async throws {
    let database = try await LedgerDatabase.make()
    let old = try await managing(database) { try await $0.create(service: "game", role: .service) }
    let gone = try await managing(database) { try await $0.create(service: "game", role: .service) }
    _ = try await managing(database) { try await $0.revoke(.key(id: gone.key.id)) }
    let new = try await managing(database) {
      try await $0.rotate(.service(name: "game"), grace: .seconds(3600))
    }
    #expect(new.retired == [old.key.id])
    #expect(try await find(old.key, in: database)?.isValid == true)
    #expect(try await find(gone.key, in: database)?.isValid == false)
    let listed = try await managing(database) { try await $0.list() }
    let end = try #require(listed.first { $0.id == old.key.id }?.endsAt)
    let made = try #require(listed.first { $0.id == new.key.id }?.createdAt)
    #expect(abs(end.microseconds - made.microseconds - 3_600_000_000) < 10_000_000)
    // A shorter grace later shortens it; a longer one does not bring it back.
    _ = try await managing(database) { try await $0.rotate(.service(name: "game"), grace: .seconds(7200)) }
    let later = try await managing(database) { try await $0.list() }
    #expect(later.first { $0.id == old.key.id }?.endsAt == end)
  }

  @Test func `a key may be made to expire`() async throws {
    let database = try await LedgerDatabase.make()
    let short = try await managing(database) {
      try await $0.create(service: "game", role: .reader, lifetime: .microseconds(1))
    }
    #expect(try await find(short.key, in: database)?.isValid == false)
  }

  @Test func `what is not there is told`() async throws {
    let database = try await LedgerDatabase.make()
    let key = await refusal(database) { _ = try await $0.revoke(.key(id: "0000000000000000")) }
    #expect(key == "there is no key 0000000000000000")
    let service = await refusal(database) { _ = try await $0.rotate(.service(name: "nobody")) }
    #expect(service == "there is no service nobody")
  }

  @Test func `the service's own role cannot give itself a key`() async throws {
    let database = try await LedgerDatabase.make()
    let told = await refusal(database, try database.options()) {
      _ = try await $0.create(service: "thief", role: .admin)
    }
    #expect(told?.contains("permission denied") == true)
  }
}

private func managing<Value: Sendable>(
  _ database: LedgerDatabase,
  _ body: @escaping @Sendable (ServiceRegistry) async throws -> Value
) async throws -> Value {
  try await LedgerDatabase.withSession(try database.ownerOptions()) {
    try await body(ServiceRegistry(on: $0))
  }
}

private func refusal(
  _ database: LedgerDatabase, _ options: PostgresConnectionOptions? = nil,
  _ body: @escaping @Sendable (ServiceRegistry) async throws -> Void
) async -> String? {
  do {
    let chosen = try options ?? database.ownerOptions()
    try await LedgerDatabase.withSession(chosen) { try await body(ServiceRegistry(on: $0)) }
    return nil
  } catch {
    return "\(error)"
  }
}

/// As the service sees it.
private func find(_ key: APIKey, in database: LedgerDatabase) async throws -> FindKey.Row? {
  let bytes = Array(key.text.utf8)
  let presented = KeyID(inPresented: bytes.span)
  let id = try #require(presented)
  return try await LedgerDatabase.withSession(try database.options()) { try await $0.first(FindKey(id)) }
}
