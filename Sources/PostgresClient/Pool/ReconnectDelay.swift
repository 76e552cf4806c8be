// How long to wait before trying a server again. Doubling spares a server that is down; the random half keeps
// many workers from knocking at the same instant when it comes back.

/// Exponential back-off with jitter.
package struct ReconnectDelay: Sendable {
  package var first = Duration.milliseconds(50)
  package var longest = Duration.seconds(2)

  package init() {}

  /// The delay before the given attempt: none before attempt 0. `chance` lies in 0..<1.
  package func delay(before attempt: Int, chance: Double) -> Duration {
    guard attempt > 0 else { return .zero }
    let doubled = first * (1 << min(attempt - 1, 20))
    let full = min(doubled, longest)
    return full / 2 + (full / 2) * chance
  }
}
