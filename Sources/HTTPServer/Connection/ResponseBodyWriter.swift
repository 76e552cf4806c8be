// Carries a streamed body to its client no faster than the client reads.
import EventLoop

/// The writer that a streaming handler is given; used on its connection's loop only.
final class ResponseBodyWriter: ResponseWriter, @unchecked Sendable {
  /// Weak: a handler may hold its writer longer than the connection lives.
  private weak var connection: HTTPConnection?
  private let isChunked: Bool
  let isEndless: Bool
  private var ended: HTTPStreamError?
  private var waiting: OneShot<Void>?

  init(connection: HTTPConnection, isChunked: Bool, isEndless: Bool) {
    self.connection = connection
    self.isChunked = isChunked
    self.isEndless = isEndless
  }

  func write(_ bytes: [UInt8]) async throws(HTTPStreamError) {
    guard let connection, ended == nil else { throw ended ?? .peerGone }
    let socket = connection.socket
    if isChunked {
      ResponseEncoder.encode(chunk: bytes, into: &socket.output)
    } else {
      socket.output.append(contentsOf: bytes)
    }
    guard socket.unsentBytes > connection.worker.limits.outputHighWater else { return socket.flushLater() }
    socket.flush()
    if let ended { throw ended }
    // A client that reads as fast as we write never blocks
    // us; the others' sockets have their turn all the same.
    if socket.unsentBytes == 0 { connection.worker.loop.post { [self] in drained() } }
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

  func connectionClosed(_ reason: HTTPStreamError) {
    if ended == nil { ended = reason }
    drained()
  }
}
