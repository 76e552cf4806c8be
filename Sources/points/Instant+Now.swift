// The time of day as the ledger writes it.
import EventLoop
import Ledger

extension Instant {
  static var now: Instant { Instant(microseconds: WallClock.now.microseconds) }
}
