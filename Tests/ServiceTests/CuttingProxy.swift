// A proxy between the service and a store, which cuts connections where it is told to: in the middle of a
// reply, for that is where a client can lose its place.
import EventLoop
import Foundation
import Synchronization
import Testing

/// Passes bytes both ways on a loop and a thread of its own.
final class CuttingProxy: @unchecked Sendable {
  /// Where it listens; 0 when it could not.
  private(set) var port: UInt16 = 0
  let target: UInt16
  private let thread = LoopThread(running: EventLoop(name: "test-proxy"))
  private let count = Atomic(0)

  // MARK: Loop thread only

  private var listener: Listener?
  private var links: [ObjectIdentifier: Link] = [:]
  /// How many more bytes of replies pass before their connection is cut; nil means all.
  private var bytesUntilCut: Int?

  init(to target: UInt16) throws {
    self.target = target
    let isDone = DispatchSemaphore(value: 0)
    thread.loop.post { [self] in
      listen()
      isDone.signal()
    }
    isDone.wait()
    try #require(port != 0)
  }

  /// Connections cut so far.
  var cuts: Int { count.load(ordering: .relaxed) }

  func cut(afterReplyBytes bytes: Int) {
    thread.loop.post { [self] in bytesUntilCut = bytes }
  }

  func close() {
    thread.loop.post { [self] in
      listener?.close()
      for link in links.values { link.end() }
    }
    thread.stopAndJoin()
  }

  private func listen() {
    guard let any = SocketAddress(numeric: "127.0.0.1", port: 0) else { return }
    listener = try? Listener(on: any, loop: thread.loop) { [unowned self] in join($0.descriptor) }
    port = listener?.address.port ?? 0
  }

  private func join(_ descriptor: Int32) {
    guard let address = SocketAddress(numeric: "127.0.0.1", port: target) else { return }
    let link = Link(descriptor, to: address, on: thread.loop, self)
    links[ObjectIdentifier(link)] = link
  }

  fileprivate func forget(_ link: Link) {
    links[ObjectIdentifier(link)] = nil
  }

  /// How much of a reply passes, and whether its connection ends there.
  fileprivate func admit(_ bytes: Int) -> (passed: Int, isCut: Bool) {
    guard let left = bytesUntilCut else { return (bytes, false) }
    bytesUntilCut = left - min(left, bytes)
    guard left <= bytes else { return (bytes, false) }
    bytesUntilCut = nil
    count.add(1, ordering: .relaxed)
    return (left, true)
  }
}

/// One connection of the service and the store's end of it.
private final class Link {
  private let near: End
  private var far: End?
  private unowned let proxy: CuttingProxy

  init(_ descriptor: Int32, to target: SocketAddress, on loop: EventLoop, _ proxy: CuttingProxy) {
    self.proxy = proxy
    near = End()
    near.socket = Socket(descriptor: descriptor, on: loop, owner: near)
    let far = End()
    far.socket = try? Socket.connect(to: target, on: loop, owner: far)
    self.far = far
    near.received = { [weak self] bytes in self?.far?.socket?.send(bytes) }
    far.received = { [weak self] bytes in self?.pass(bytes) }
    near.ended = { [weak self] in self?.end() }
    far.ended = { [weak self] in self?.end() }
    near.socket?.resumeReading()
    far.socket?.resumeReading()
  }

  private func pass(_ bytes: [UInt8]) {
    let (passed, isCut) = proxy.admit(bytes.count)
    near.socket?.send(Array(bytes.prefix(passed)))
    guard isCut else { return }
    near.socket?.flush()
    end()
  }

  func end() {
    near.close()
    far?.close()
    proxy.forget(self)
  }
}

/// One socket.
private final class End: SocketOwner {
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
