// A ledger of a test's own: a new database, and one worker's way to write, read and change definitions.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport

/// Used on its loop only, like what it holds.
final class LedgerUnderTest: @unchecked Sendable {
  let loop: EventLoop
  let pool: PostgresPool
  let lanes: LedgerLanes
  let reader: LedgerReader
  let types: PointTypeStore
  let users: UserStore
  let service = ServiceID(UUIDBits(high: 1, low: 1))
  private var random = SystemRandomNumberGenerator()

  init(pool: PostgresPool, on loop: EventLoop) {
    self.loop = loop
    self.pool = pool
    let catalog = PointTypeCatalog()
    lanes = LedgerLanes(.forTests, pool: pool, catalog: catalog, on: loop) { _ in [] }
    reader = LedgerReader(pool: pool)
    types = PointTypeStore(pool: pool, catalog: catalog)
    users = UserStore(pool: pool)
  }

  var catalog: PointTypeCatalog { lanes.catalog }

  /// The account of the default type.
  func key(_ user: String) async throws -> AccountKey {
    AccountKey(user: UserID(stored: user), pointType: try await type())
  }

  func type(_ name: String = PointType.defaultName) async throws -> PointTypeID {
    let type = try await catalog.resolve(name, from: pool, on: loop)
    return try (type ?? { throw Surprise(what: "no type \(name)") }()).id
  }

  /// What came of one posting with these legs; it must be accepted.
  @discardableResult
  func post(_ legs: [Leg]) async throws -> [Transaction] {
    let id = PostingID(at: Instant(microseconds: 1_700_000_000_000_000), random: &random)
    let posting = Posting(id: id, legs: legs, request: nil, service: service, isByAdmin: false)
    guard case .posted(let receipt) = try await lanes.post(posting) else { throw Surprise(what: "refused") }
    return receipt.transactions
  }

  @discardableResult
  func award(
    _ amount: Int64, to key: AccountKey, kind: Kind = .award, category: String? = nil
  ) async throws -> Transaction {
    var details = TransactionDetails()
    details.category = category
    return try await post([Leg(account: key, change: .credit(amount), kind: kind, details: details)])[0]
  }

  @discardableResult
  func deduct(_ amount: Int64, from key: AccountKey, kind: Kind = .purchase) async throws -> Transaction {
    let leg = Leg(account: key, change: .debit(amount), kind: kind, details: TransactionDetails())
    return try await post([leg])[0]
  }
}

/// Something a test took for granted is not so.
struct Surprise: Error {
  let what: String
}

/// Runs the body with a ledger, on a loop of its own.
func withLedger(
  in database: LedgerDatabase? = nil, _ body: @escaping @Sendable (LedgerUnderTest) async throws -> Void
) async throws {
  let chosen = if let database { database } else { try await LedgerDatabase.make() }
  let options = try chosen.options()
  try await onNewLoop { loop in
    let pool = PostgresPool(options, .forTests(sessionsMax: 2), on: loop)
    let ended = OneShot<Void>()
    loop.spawn {
      await pool.run()
      ended.fulfil(())
    }
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(LedgerUnderTest(pool: pool, on: loop)))
    } catch {
      outcome = .failure(error)
    }
    await pool.close(within: .seconds(1))
    await ended.value()
    try outcome.get()
  }
}
