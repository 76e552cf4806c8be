// The seam between frames of HTTP/2 and the sockets of different tests.

/// What frames travel on: a connection to a server, whose waits have an end.
package protocol ByteChannel {
  func send(_ bytes: [UInt8]) throws
  /// The next bytes, exactly so many.
  func take(_ count: Int) throws -> [UInt8]
}
