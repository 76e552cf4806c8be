// Of all processes that verify the mirrors of one layout, one compares their sums and searches them: both go
// through a whole type, and doing it several times over would find nothing more. A process that dies leaves
// that to the next one some seconds later. Who lost the lease unnoticed does what another does as well, which
// is harmless.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient

/// Used on one loop.
final class SearchLease: @unchecked Sendable {
  private static let duty = "search"
  private static let seconds = 15.0
  private static let interval = Duration.seconds(3)

  private let loop: EventLoop
  private let pool: PostgresPool
  private let lease: Lease

  init(_ layoutLease: (String) -> String, loop: EventLoop, pool: PostgresPool, holder: UUIDBits) {
    self.loop = loop
    self.pool = pool
    lease = Lease(layoutLease(Self.duty), holder: holder, seconds: Self.seconds)
  }

  /// Takes it or keeps it; whether it is ours.
  func take() async throws(VerificationError) -> Bool {
    try await asking { () throws(PostgresError) in try await lease.take(from: pool) }
  }

  /// Keeps it while the body lasts, which may be longer than the lease.
  func keeping<Value>(
    _ body: () async throws(VerificationError) -> Value
  ) async throws(VerificationError) -> Value {
    let (loop, pool, lease) = (loop, pool, lease)
    let keeper = loop.spawn {
      while (try? await loop.sleep(for: Self.interval)) != nil { _ = try? await lease.take(from: pool) }
    }
    defer { keeper.cancel() }
    return try await body()
  }

  func giveBack() async { try? await lease.giveBack(to: pool) }
}
