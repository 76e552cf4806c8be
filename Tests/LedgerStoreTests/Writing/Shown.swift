// What lanes would have shown to Redis.
import Ledger
import Synchronization

final class Shown: Sendable {
  private let accounts = Mutex<[NamedAccount]>([])

  var all: [NamedAccount] { accounts.withLock { $0 } }

  func add(_ more: [NamedAccount]) {
    accounts.withLock { $0 += more }
  }
}
