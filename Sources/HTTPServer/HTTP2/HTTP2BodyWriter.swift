// Carries a streamed body to its client no faster than the client opens its windows.
import EventLoop

/// The writer that a streaming handler is given; used on its connection's loop only.
final class HTTP2BodyWriter: ResponseWriter, @unchecked Sendable {
  /// Weak, both: a handler may hold its writer longer than the connection lives.
  private weak var connection: HTTP2Connection?
  private weak var stream: HTTP2Stream?
  /// What the answer began with.
  let status: HTTPStatus
  let isEndless: Bool
  private var room = WriterRoom()

  /// What a stream may have waiting: there are many of them, so it is less than a connection of one may.
  static let highWater = 16 * 1024

  init(connection: HTTP2Connection, stream: HTTP2Stream, status: HTTPStatus, isEndless: Bool) {
    self.connection = connection
    self.stream = stream
    self.status = status
    self.isEndless = isEndless
  }

  var isWaiting: Bool { room.isWaitedFor }

  func write(_ bytes: [UInt8]) async throws(HTTPStreamError) {
    guard let connection, let stream, room.ended == nil else { throw room.ended ?? .peerGone }
    let hasRoom = connection.add(bytes, to: stream)
    guard stream.unsent > Self.highWater || !hasRoom else { return }
    await room.wait().value()
    if let ended = room.ended { throw ended }
  }

  func drained() { room.open() }

  func streamClosed(_ reason: HTTPStreamError) { room.end(reason) }
}
