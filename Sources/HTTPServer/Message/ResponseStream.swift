// A body that is written bit by bit while the caller reads it.

/// Where a streaming handler writes. `write` returns when there is room for more, so a slow reader holds back
/// its own handler and nobody else's memory.
package protocol ResponseWriter: AnyObject, Sendable {
  func write(_ bytes: [UInt8]) async throws(HTTPStreamError)
}

/// Produces a body. One that throws has not finished it: the connection is cut without the mark of its end,
/// so that nobody takes a part for the whole.
package struct ResponseStream: Sendable {
  package typealias Producer = @Sendable (any ResponseWriter) async throws(HTTPStreamError) -> Void

  package let produce: Producer
  /// Whether it goes on as long as the client is there. One that says its last word is then taken for gone;
  /// of a body with an end it may still read the rest.
  package let isEndless: Bool

  package init(isEndless: Bool = false, _ produce: @escaping Producer) {
    self.isEndless = isEndless
    self.produce = produce
  }
}

/// Why a stream cannot go on. The producer stops; there is nobody left to tell.
package enum HTTPStreamError: Error, Sendable {
  case peerGone
  case peerTooSlow
  /// What the body is made from failed in the middle.
  case sourceFailed
}
