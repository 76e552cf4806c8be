// Stands in for Postgres: answers questions about keys as a test wants, and counts them.
import EventLoop
import Ledger
import PostgresClient
import Synchronization

@testable import API
@testable import LedgerStore

final class KeyDesk: Sendable {
  private struct State {
    var rows: [KeyID: FindKey.Row] = [:]
    var failure: PostgresError?
    var questions = 0
    var isHeld = false
    var held: [OneShot<Void>] = []
  }

  private let state = Mutex(State())

  var questions: Int { state.withLock { $0.questions } }

  func issue(_ key: APIKey, to name: String = "game", _ role: Role = .service, isValid: Bool = true) {
    let bytes = Array(key.text.utf8)
    guard let id = KeyID(inPresented: bytes.span) else { return }
    let service = ServiceID(UUIDBits(high: 0, low: UInt64(name.utf8.count)))
    let row = FindKey.Row(digest: key.digest, service: service, name: name, role: role, isValid: isValid)
    state.withLock { $0.rows[id] = row }
  }

  func fail(with error: PostgresError?) {
    state.withLock { $0.failure = error }
  }

  /// From now on questions stay without an answer until they are released.
  func hold() {
    state.withLock { $0.isHeld = true }
  }

  /// On the loop of the questions.
  func release() {
    let held = state.withLock { state in
      defer { (state.isHeld, state.held) = (false, []) }
      return state.held
    }
    for one in held { one.fulfil(()) }
  }

  func answer(_ id: KeyID) async throws(PostgresError) -> FindKey.Row? {
    let hold = state.withLock { state -> OneShot<Void>? in
      state.questions += 1
      guard state.isHeld else { return nil }
      let hold = OneShot<Void>()
      state.held.append(hold)
      return hold
    }
    await hold?.value()
    let (row, failure) = state.withLock { ($0.rows[id], $0.failure) }
    if let failure { throw failure }
    return row
  }
}
