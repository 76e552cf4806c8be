// Every bound of the client in one place. Whatever is waited for or collected ends at one of them.

/// How a `RedisClient` behaves; the defaults suit a Redis in the same machine room.
package struct RedisOptions: Sendable {
  /// How long a command waits for its answer unless its caller says otherwise.
  package var timeout: Duration = .milliseconds(250)
  /// How long connecting, authenticating and loading scripts may take together.
  package var connectTimeout: Duration = .seconds(2)
  /// A connection that owes answers and has been silent for this long is reset. A stopped server looks like
  /// this, and so does a firewall that forgot the connection.
  package var stallLimit: Duration = .seconds(3)
  /// Commands whose answers are owed, abandoned ones included.
  package var inFlightMax = 8192
  /// Bytes of commands that the server has not taken yet.
  package var unsentBytesMax = 16 * 1024 * 1024
  package var replyLimits = ReplyLimits()
  package var breaker = BreakerOptions()
  package var reconnect = ReconnectOptions()

  package init() {}
}
