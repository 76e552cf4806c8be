// What is known of the versions that the service speaks. Pure: it knows neither sockets nor clocks.
//
// What the rules guard against: a client that asks an old proxy again and again for what it cannot speak, and
// one that takes an outage for an old proxy and stays with HTTP/1.1 for ever.
import EventLoop

struct SpokenVersion {
  enum Version {
    case http1, http2
  }

  /// What came of a connection that began with HTTP/2.
  enum Refusal {
    /// Something else answered than HTTP/2.
    case foreign
    /// The connection was closed and nothing came.
    case closed
    /// Nothing came in time.
    case silent
  }

  private enum Knowledge {
    case nothing
    case http2
    case http1(until: MonotonicInstant)
  }

  /// After this long the service may have become a newer one, or the proxy before it.
  static let memory = Duration.seconds(600)

  private let wanted: ProtocolVersion
  private var known = Knowledge.nothing

  init(wanted: ProtocolVersion) {
    self.wanted = wanted
  }

  /// What a new connection begins with.
  func next(now: MonotonicInstant) -> Version {
    switch (wanted, known) {
    case (.http1, _): .http1
    case (.http2, _): .http2
    case (.automatic, .http1(let until)) where now < until: .http1
    case (.automatic, _): .http2
    }
  }

  mutating func answersInHTTP2() {
    known = .http2
  }

  /// Whether HTTP/1.1 is worth a try now. Silence says nothing about a service that has spoken HTTP/2 before.
  mutating func fallsBack(after refusal: Refusal, now: MonotonicInstant) -> Bool {
    guard wanted == .automatic else { return false }
    if case .http2 = known, refusal != .foreign { return false }
    known = .http1(until: now + Self.memory)
    return true
  }

  /// Nobody answers at all, so what silence was taken for is not known either.
  mutating func isUnreachable() {
    if case .http1 = known { known = .nothing }
  }
}
