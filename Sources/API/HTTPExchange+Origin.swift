// Who asks. Some answers tell more than a stranger should know.
import HTTPServer

extension HTTPExchange {
  /// Whether the caller is on the same machine. A proxy on it speaks for somebody else, and says so.
  var isFromThisMachine: Bool {
    let headers = request.headers
    return peer.isLoopback && !headers.contains("x-forwarded-for") && !headers.contains("forwarded")
  }
}
