// Bounds of a client. Every wait has an end, and every queue a length.

/// How a client connects and how long it waits.
public struct ClientOptions: Sendable, Equatable {
  /// The version of HTTP that is spoken with the service.
  public var protocolVersion: ProtocolVersion
  /// Connections held at once. One of HTTP/1.1 carries one call at a time, one of HTTP/2 as many as the
  /// service allows.
  public var connections: Int
  /// Calls that may wait for a connection; the next one fails with `PointsError.overloaded`.
  public var waitingCalls: Int
  /// How long making a connection may take.
  public var connectTimeout: Duration
  /// How long one attempt may take once it has a connection.
  public var requestTimeout: Duration
  /// How long a call may take in all, with waiting for a connection, all attempts and the pauses between
  /// them.
  public var callTimeout: Duration
  /// An idle connection is closed after this long; shorter than the 75 s after which the service does it.
  public var idleTimeout: Duration
  /// When calls are tried again.
  public var retry: RetryPolicy

  /// The options used unless others are given.
  public init(
    protocolVersion: ProtocolVersion = .automatic, connections: Int = 8, waitingCalls: Int = 4096,
    connectTimeout: Duration = .seconds(2),
    requestTimeout: Duration = .seconds(5), callTimeout: Duration = .seconds(10),
    idleTimeout: Duration = .seconds(60), retry: RetryPolicy = RetryPolicy()
  ) {
    self.protocolVersion = protocolVersion
    self.connections = connections
    self.waitingCalls = waitingCalls
    self.connectTimeout = connectTimeout
    self.requestTimeout = requestTimeout
    self.callTimeout = callTimeout
    self.idleTimeout = idleTimeout
    self.retry = retry
  }

  func check() throws(PointsError) {
    guard connections >= 1, waitingCalls >= 0, retry.attempts >= 1 else {
      throw .invalidArgument("A client needs at least one connection and one attempt.")
    }
    let durations = [
      connectTimeout, requestTimeout, callTimeout, idleTimeout, retry.firstPause, retry.longestPause,
    ]
    guard durations.allSatisfy({ $0 > .zero }) else {
      throw .invalidArgument("Every duration of the client's options must be longer than nothing.")
    }
  }
}
