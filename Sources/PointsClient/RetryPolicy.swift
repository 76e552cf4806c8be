// When a call is tried again. Only calls of which a repeat does no harm ever are; this says how often.

/// How often, and how soon, a call that may be repeated is tried again.
public struct RetryPolicy: Sendable, Equatable {
  /// How often a call is tried in all; 1 means never again.
  public var attempts: Int
  /// The pause after the first attempt; each further one is twice as long. A random part of up to a half is
  /// left out, so that callers who failed together do not come back together.
  public var firstPause: Duration
  /// No pause is longer, unless the service asks for a longer one.
  public var longestPause: Duration

  /// The policy used unless another is given: three attempts, 50 ms at first.
  public init(
    attempts: Int = 3, firstPause: Duration = .milliseconds(50), longestPause: Duration = .seconds(2)
  ) {
    self.attempts = attempts
    self.firstPause = firstPause
    self.longestPause = longestPause
  }

  /// Every call is tried once.
  public static var never: RetryPolicy { RetryPolicy(attempts: 1) }

  /// The pause after so many attempts; `chance` is from 0 to 1.
  func pause(after attempts: Int, chance: Double) -> Duration {
    var pause = firstPause
    for _ in 1..<max(1, min(attempts, 32)) where pause < longestPause { pause += pause }
    return min(pause, longestPause) * (1 - chance / 2)
  }
}
