// What one request may cost. A connection holds no more memory
// for its caller than these limits say, however the bytes arrive.

package struct RequestLimits: Sendable {
  /// Bytes of the request line, its line end included (414).
  package var requestLine = 8 * 1024
  /// Bytes of the whole head, request line and final empty line included (431).
  package var head = 16 * 1024
  /// Header fields of a request, and trailer fields of a chunked body (431).
  package var fieldCount = 100
  /// Bytes of a body, unless the route takes fewer (413).
  package var body = 1024 * 1024
  /// Bytes of all chunk extensions of one body together. They
  /// are ignored, so they are only there to be paid for.
  package var chunkExtensions = 4 * 1024
  /// Bytes of the trailer section of a chunked body.
  package var trailers = 4 * 1024

  package init() {}

  /// Offsets inside a head are kept in sixteen bits.
  func check() {
    precondition((64...65_535).contains(head), "A head is limited to between 64 and 65,535 bytes.")
    precondition(
      (32...head).contains(requestLine), "A request line fits in its head and has at least 32 bytes.")
    precondition((2...65_535).contains(trailers), "Trailers are limited to at most 65,535 bytes.")
    precondition(fieldCount > 0 && body >= 0 && chunkExtensions >= 0, "Limits are not negative.")
  }
}
