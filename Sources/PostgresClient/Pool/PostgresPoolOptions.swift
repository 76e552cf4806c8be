// The bounds of a pool. Every wait and every queue has one.

/// How many sessions one worker keeps, and how long anybody waits for one.
package struct PostgresPoolOptions: Sendable {
  package var sessionsMin = 1
  package var sessionsMax = 4
  /// So many statements share a session before another session is used, or opened.
  package var statementsPerSession = 64
  /// So many share a session when there is no other.
  package var statementsPerSessionMax = 512
  package var waitersMax = 1024
  package var waitTimeout = Duration.seconds(3)
  /// A session above the minimum that nobody used for this long is closed.
  package var idleLifetime = Duration.seconds(60)
  package var reconnectDelay = ReconnectDelay()

  package init() {}
}
