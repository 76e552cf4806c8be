// Carries a streamed body to its client no faster than the client opens its windows.
import EventLoop

/// The writer that a streaming handler is given; used on its connection's loop only.
final class HTTP2BodyWriter: ResponseWriter, @unchecked Sendable {
  /// Weak, both: a handler may hold its writer longer than the connection lives.
  private weak var connection: HTTP2Connection?
  private weak var stream: HTTP2Stream?
  private var ended: HTTPStreamError?
  private var waiting: OneShot<Void>?

  /// What a stream may have waiting: there are many of them, so it is less than a connection of one may.
  static let highWater = 16 * 1024

  init(connection: HTTP2Connection, stream: HTTP2Stream) {
    self.connection = connection
    self.stream = stream
  }

  var isWaiting: Bool { waiting != nil }

  func write(_ bytes: [UInt8]) async throws(HTTPStreamError) {
    guard let connection, let stream, ended == nil else { throw ended ?? .peerGone }
    connection.add(bytes, to: stream)
    guard stream.unsent > Self.highWater else { return }
    precondition(waiting == nil, "One task writes a body.")
    let room = OneShot<Void>()
    waiting = room
    await room.value()
    if let ended { throw ended }
  }

  func drained() {
    let room = waiting
    waiting = nil
    room?.fulfil(())
  }

  func streamClosed(_ reason: HTTPStreamError) {
    if ended == nil { ended = reason }
    drained()
  }
}
