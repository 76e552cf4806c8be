// One socket of a proxy: what comes in by it is handed to whoever holds it.
import EventLoop

/// Used on its loop only.
final class ProxyEnd: SocketOwner {
  var socket: Socket?
  var received: ([UInt8]) -> Void = { _ in }
  var ended: () -> Void = {}

  func close() {
    socket?.close()
    socket = nil
  }

  func socketReceived(_ bytes: Span<UInt8>) {
    received(unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) })
  }

  func socketEnded() { ended() }

  func socketDrained() {}

  func socketFailed(_ error: SocketError) { ended() }
}
