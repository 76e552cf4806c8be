// What to send, where to, how fast and for how long.

package struct LoadPlan: Sendable {
  package var host = "127.0.0.1"
  package var port: UInt16
  /// The API key all of it is sent with.
  package var key: String
  package var version = Version.http1
  package var connections = 64
  /// Requests at once on a connection of HTTP/2; HTTP/1.1 has one.
  package var streams = 32
  package var pace = Pace.asAnswered
  package var seconds = 10
  /// Sent before the clock starts, and not counted.
  package var warmUpSeconds = 1
  package var subject: LoadSubject

  package enum Version: String, Sendable, CaseIterable {
    case http1, http2
  }

  package enum Pace: Sendable, Equatable {
    /// The next request when one is answered, on every connection and stream.
    case asAnswered
    /// So many a second, whatever is answered meanwhile.
    case steady(perSecond: Double)
  }

  package init(port: UInt16, key: String, subject: LoadSubject) {
    (self.port, self.key, self.subject) = (port, key, subject)
  }
}
