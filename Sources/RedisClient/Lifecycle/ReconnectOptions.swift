// How patiently a lost server is called again.

/// The bounds of a `ReconnectSchedule`.
package struct ReconnectOptions: Sendable {
  /// The wait before the first new attempt; doubles with every attempt that fails.
  package var firstDelay: Duration = .milliseconds(20)
  package var delayMax: Duration = .seconds(2)
  /// A connection that stood for this long ends the row of failures. A server that accepts and dies at once
  /// must not be called without a pause.
  package var stablePeriod: Duration = .seconds(5)

  package init() {}
}
