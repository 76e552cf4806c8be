// The settings of HTTP/2: what depends on who stands before the service. What only guards the service, and
// nobody has a reason to change, is in the limits of the server.

extension ConfigurationTable {
  static let http2 = [
    Setting(
      "POINTS_HTTP2", "--http2", .server, \.http2, .onOrOff,
      "Speaks HTTP/2 with clients that begin with it, on the same port as HTTP/1.1."),
    Setting(
      "POINTS_HTTP2_STREAMS", "--http2-streams", .server, \.http2Streams, .integer(1...4096),
      "Requests that one HTTP/2 connection may have under way; further ones are refused at once."),
    Setting(
      "POINTS_HTTP2_WINDOW", "--http2-window", .server, \.http2Window,
      .size(.kibibytes(64) ... .mebibytes(16)),
      "What an HTTP/2 client may send of bodies before it hears of the service; more for clients far away."),
    Setting(
      "POINTS_HTTP2_BROKEN_STREAMS", "--http2-broken-streams", .server, \.http2BrokenStreams,
      .integer(1...100_000),
      "Streams a second that an HTTP/2 connection may break off, eight times as many at once; else it ends."),
  ]
}
