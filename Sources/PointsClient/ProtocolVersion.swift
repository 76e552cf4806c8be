// Which version of HTTP a client speaks. Without TLS nothing is negotiated: a client of HTTP/2 simply begins
// with it, and whoever does not know it answers something else.

/// How a client speaks to the service.
public enum ProtocolVersion: Sendable, Hashable, CaseIterable {
  /// HTTP/2 if whoever answers speaks it, and else HTTP/1.1. Which it is, is found out before the first call
  /// leaves, so no call is sent twice for it; and it is remembered.
  case automatic
  /// HTTP/1.1 only: a connection carries one call at a time.
  case http1
  /// HTTP/2 only: a connection carries many calls at once.
  case http2
}
