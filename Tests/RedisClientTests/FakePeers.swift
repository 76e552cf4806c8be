// Peers that misbehave on purpose: a server whose answers the test writes, and a proxy that cuts connections.
import EventLoop
import Testing

/// Listens on a free port of the loopback; answers whatever the closure says to the bytes of one read.
final class FakeServer: @unchecked Sendable {
  private var listener: Listener?
  private var peers: [FakePeer] = []

  init(on loop: EventLoop, answer: @escaping ([UInt8]) -> [UInt8]) throws {
    let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
    listener = try Listener(on: address, loop: loop) { [weak self] connection in
      self?.peers.append(
        FakePeer(connection.descriptor, on: loop) { peer, bytes in peer.send(answer(bytes)) })
    }
  }

  var url: String { "redis://127.0.0.1:\(listener?.address.port ?? 0)" }

  func close() {
    listener?.close()
    for peer in peers { peer.close() }
  }
}

/// Passes bytes both ways between its clients and a Unix socket, until it is told to cut.
final class CuttingProxy: @unchecked Sendable {
  private var listener: Listener?
  private var peers: [FakePeer] = []
  /// How many more bytes of replies pass before the connection is cut; nil means all.
  var bytesUntilCut: Int?
  private(set) var cuts = 0

  init(to target: SocketAddress, on loop: EventLoop) throws {
    let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
    listener = try Listener(on: address, loop: loop) { [weak self] connection in
      self?.join(connection.descriptor, target, loop)
    }
  }

  var url: String { "redis://127.0.0.1:\(listener?.address.port ?? 0)" }

  private func join(_ descriptor: Int32, _ target: SocketAddress, _ loop: EventLoop) {
    let near = FakePeer(descriptor, on: loop) { _, _ in }
    guard let far = FakePeer(connectingTo: target, on: loop) else { return near.close() }
    near.received = { [weak far] _, bytes in far?.send(bytes) }
    near.ended = { [weak far] in far?.close() }
    far.received = { [weak self, weak near] _, bytes in
      guard let self, let near else { return }
      pass(bytes, to: near)
    }
    far.ended = { [weak near] in near?.close() }
    peers += [near, far]
  }

  private func pass(_ bytes: [UInt8], to near: FakePeer) {
    guard let rest = bytesUntilCut else { return near.send(bytes) }
    near.send(Array(bytes.prefix(rest)))
    bytesUntilCut = rest - min(rest, bytes.count)
    guard rest <= bytes.count else { return }
    bytesUntilCut = nil
    cuts += 1
    near.flushAndClose()
  }

  func close() {
    listener?.close()
    for peer in peers { peer.close() }
  }
}

/// One end of a connection, driven by closures.
final class FakePeer: SocketOwner {
  private var socket: Socket?
  var received: (FakePeer, [UInt8]) -> Void
  var ended: () -> Void = {}

  init(_ descriptor: Int32, on loop: EventLoop, _ received: @escaping (FakePeer, [UInt8]) -> Void) {
    self.received = received
    socket = Socket(descriptor: descriptor, on: loop, owner: self)
    socket?.resumeReading()
  }

  init?(connectingTo address: SocketAddress, on loop: EventLoop) {
    received = { _, _ in }
    guard let socket = try? Socket.connect(to: address, on: loop, owner: self) else { return nil }
    self.socket = socket
    socket.resumeReading()
  }

  func send(_ bytes: [UInt8]) {
    socket?.send(bytes)
  }

  func flushAndClose() {
    socket?.flush()
    close()
  }

  func close() {
    socket?.close()
    socket = nil
  }

  func socketReceived(_ bytes: Span<UInt8>) {
    received(self, unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) })
  }

  func socketEnded() {
    close()
    ended()
  }

  func socketDrained() {}

  func socketFailed(_ error: SocketError) {
    socket = nil
    ended()
  }
}
