// What can go wrong with a socket, for the layers that turn it into their own errors.
import Glibc

/// A failed system call on a socket, or its end.
package enum SocketError: Error, Sendable, Equatable, CustomStringConvertible {
  case system(code: Int32, operation: String)
  /// The peer closed the connection.
  case closedByPeer
  case unresolved(host: String, reason: String)
  case timedOut

  static func last(_ operation: String) -> SocketError {
    .system(code: errno, operation: operation)
  }

  package var description: String {
    switch self {
    case .system(let code, let operation):
      "\(operation): \(unsafe String(cString: strerror(code)))"
    case .closedByPeer: "the peer closed the connection"
    case .unresolved(let host, let reason): "host \(host) cannot be resolved: \(reason)"
    case .timedOut: "timed out"
    }
  }
}
