// What the client tells about itself.

/// Counts since the client began; read on its loop.
package struct RedisCounters: Sendable, Equatable {
  package internal(set) var commands = 0
  /// Writes to the socket: commands of one turn share one.
  package internal(set) var flushes = 0
  package internal(set) var replies = 0
  package internal(set) var timeouts = 0
  /// Replies that came after their command had timed out, and were dropped.
  package internal(set) var lateReplies = 0
  /// Commands that failed at once and were not sent.
  package internal(set) var refusals = 0
  /// Connections that became ready.
  package internal(set) var connections = 0
  /// Connections that ended without being asked to, and attempts that failed.
  package internal(set) var disconnections = 0
  package internal(set) var scriptReloads = 0
}
