// Looks now and then how many payouts are not at their end, for the metrics: one that stands still must be
// seen in every process, also where nobody pays any more.
import EventLoop
import LedgerStore
import PostgresClient

/// Of the worker that runs the duties of its process; used on its loop only.
final class PayoutWatch: @unchecked Sendable {
  private static let interval = Duration.seconds(5)

  /// Empty as long as nobody could say.
  private(set) var open: [OpenPayouts] = []
  private let store: DistributionStore
  private let loop: EventLoop

  init(pool: PostgresPool, on loop: EventLoop) {
    store = DistributionStore(pool: pool)
    self.loop = loop
  }

  /// Looks until it is cancelled.
  func run() async {
    repeat {
      open = (try? await store.openPayouts()) ?? []
    } while (try? await loop.sleep(for: Self.interval)) != nil
  }
}
