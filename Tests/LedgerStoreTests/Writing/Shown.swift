// What lanes would have shown to Redis.
import Ledger
import Synchronization

final class Shown: Sendable {
  private let accounts = Mutex<[ChangedAccount]>([])

  var all: [ChangedAccount] { accounts.withLock { $0 } }

  func add(_ more: [ChangedAccount]) {
    accounts.withLock { $0 += more }
  }
}
