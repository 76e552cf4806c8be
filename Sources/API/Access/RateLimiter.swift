// How many requests a second each service may make of this process. One object for all workers, since a
// service's connections are spread over them.
import EventLoop
import Ledger
import Synchronization

/// One instant for each service: when its bucket of one second's requests would be full again (GCRA).
package final class RateLimiter: Sendable {
  /// The cost of a request in time.
  private let interval: Int64
  private let burst: Int64
  private let full = Mutex<[ServiceID: Int64]>([:])

  /// Nil for no limit.
  package init?(requestsEachSecond: Int) {
    guard requestsEachSecond > 0 else { return nil }
    interval = max(1, 1_000_000_000 / Int64(requestsEachSecond))
    burst = interval * Int64(requestsEachSecond)
  }

  /// Nil if the service may go on, else how long until it may. The number of services bounds the memory: only
  /// known callers come here.
  func delay(for service: ServiceID, at now: MonotonicInstant) -> Duration? {
    full.withLock { full in
      let filled = max(full[service] ?? .min, now.nanoseconds) + interval
      let excess = filled - now.nanoseconds - burst
      guard excess <= 0 else { return .nanoseconds(excess) }
      full[service] = filled
      return nil
    }
  }
}
