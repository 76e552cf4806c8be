// When the breaker opens and for how long.

/// The bounds of a `CircuitBreaker`.
package struct BreakerOptions: Sendable {
  /// So many commands in a row must time out, without one answer between, to open the breaker.
  package var timeoutsMax = 16
  /// How long it stays open before the first probe; doubles with every probe that fails.
  package var openPeriod: Duration = .milliseconds(250)
  package var openPeriodMax: Duration = .seconds(4)

  package init() {}
}
