// What a server allows its clients: sizes and times. Every wait on a client has an end.

/// Limits of one HTTP server, the same for every connection.
package struct ServerLimits: Sendable {
  package var request = RequestLimits()
  /// Connections held at once by all workers together; further ones are answered 503 and closed.
  package var connections = 20_000
  /// Bytes of a body nobody will look at, because the answer is known without it. As much is read past, so
  /// that the connection may go on; a longer one ends it, right after the answer.
  package var unwantedBody = 64 * 1024
  /// From the first byte of a request, or from accepting the connection, to the end of its head (408).
  package var headTimeout = Duration.seconds(10)
  /// From the end of the head to the end of the body (408).
  package var bodyTimeout = Duration.seconds(30)
  /// How long a kept-alive connection may wait for its next request.
  package var idleTimeout = Duration.seconds(75)
  /// From the end of the request to the beginning of its answer (503).
  package var requestTimeout = Duration.seconds(30)
  /// How long a client may take to read `writeProgress` bytes, or what is left, of its answer.
  package var writeTimeout = Duration.seconds(30)
  package var writeProgress = 64 * 1024
  /// How long a connection that is about to close still
  /// listens, so that its last answer is not lost to a reset.
  package var lingerTimeout = Duration.seconds(2)
  /// Output that may wait for a client before the server stops working for it. The kernel holds as much again
  /// and more, so a larger buffer makes nothing faster, only a slow reader dearer.
  package var outputHighWater = 64 * 1024
  /// Bytes of further requests kept while one is being answered.
  package var inputHighWater = 64 * 1024
  /// Whether HTTP/2 is spoken at all; without it its preface is an odd request of HTTP/1.1.
  package var speaksHTTP2 = true
  /// Requests that one connection of HTTP/2 may have under way; more are refused before anything is done.
  package var streams = 128
  /// Bytes of a body, and of all bodies of a connection, that a client of HTTP/2 may send before it hears of
  /// us. What is sent is taken at once, so it bounds how fast bodies come from afar, and not what is kept.
  package var window = 64 * 1024
  /// Streams of one connection that may break off: so many at once, and again so many as finish, and that
  /// many a second. Beyond it the connection ends (ENHANCE_YOUR_CALM).
  package var brokenStreams = 256
  package var brokenStreamsPerSecond = 32
  /// Frames of one connection that bring no request any nearer, counted like broken streams.
  package var idleFrames = 1024
  package var idleFramesPerSecond = 128

  package init() {}
}
