// Who was let in listens for hours; his key may be revoked meanwhile. So before anything is sent to him he is
// looked at again, unless that was a moment ago. Thousands who hold one key cost one question: the rest is
// answered by what the worker knows of the key.
import EventLoop
import HTTPServer
import LedgerStore

/// One listener's admission.
struct ListenerAdmission: Sendable {
  private let gate: AccessGate
  private let exchange: HTTPExchange
  private let interval: Duration
  private let loop: EventLoop
  /// When he was known to be welcome.
  private var checked: MonotonicInstant

  /// For one who has just been let in.
  init(_ exchange: HTTPExchange, by gate: AccessGate, every interval: Duration, on loop: EventLoop) {
    self.gate = gate
    self.exchange = exchange
    self.interval = interval
    self.loop = loop
    checked = loop.now
  }

  /// Whether he may be sent something now.
  mutating func holds() async -> Bool {
    let now = loop.now
    guard checked + interval <= now else { return true }
    guard await gate.stillAdmits(exchange, .reader) else { return false }
    checked = now
    return true
  }
}
