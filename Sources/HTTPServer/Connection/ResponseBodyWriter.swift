// Carries a streamed body to its client no faster than the client reads.
import EventLoop

/// The writer that a streaming handler is given; used on its connection's loop only.
final class ResponseBodyWriter: ResponseWriter, @unchecked Sendable {
  /// Weak: a handler may hold its writer longer than the connection lives.
  private weak var connection: HTTPConnection?
  private let isChunked: Bool
  let isEndless: Bool
  /// What the answer began with.
  let status: HTTPStatus
  private var room = WriterRoom()

  init(connection: HTTPConnection, isChunked: Bool, isEndless: Bool, status: HTTPStatus) {
    self.status = status
    self.connection = connection
    self.isChunked = isChunked
    self.isEndless = isEndless
  }

  func write(_ bytes: [UInt8]) async throws(HTTPStreamError) {
    guard let connection, room.ended == nil else { throw room.ended ?? .peerGone }
    let socket = connection.socket
    if isChunked {
      ResponseEncoder.encode(chunk: bytes, into: &socket.output)
    } else {
      socket.output.append(contentsOf: bytes)
    }
    guard socket.unsentBytes > connection.worker.limits.outputHighWater else { return socket.flushLater() }
    socket.flush()
    if let ended = room.ended { throw ended }
    // A client that reads as fast as we write never blocks
    // us; the others' sockets have their turn all the same.
    if socket.unsentBytes == 0 { connection.worker.loop.post { [self] in drained() } }
    await room.wait().value()
    if let ended = room.ended { throw ended }
  }

  func drained() { room.open() }

  func connectionClosed(_ reason: HTTPStreamError) { room.end(reason) }
}
