// The answer to the question of a load balancer.

/// Whether Redis serves, for `/ready`.
package enum RedisHealth: Sendable, Equatable {
  case ready
  /// The sentence says what is wrong, without secrets.
  case unavailable(String)
  /// The server is too old or evicts keys; trying again will not help.
  case unsupported(String)
}
