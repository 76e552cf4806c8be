// A proxy in front of Postgres that now and then swallows the answer to a COMMIT and ends the connection: the
// one moment at which a client cannot know what became of its transaction.
import EventLoop
import Foundation
import Synchronization
import TestSupport
import Testing

/// Passes bytes both ways on a loop and a thread of its own.
final class CommitEater: @unchecked Sendable {
  /// Where it listens; 0 when it could not.
  private(set) var port: UInt16 = 0
  private let target: UInt16
  private let thread = LoopThread(running: EventLoop(name: "commit-eater"))
  private let count = Atomic(0)

  // MARK: Loop thread only

  private var listener: Listener?
  private var links: [ObjectIdentifier: Link] = [:]
  private var random: SeededGenerator

  init(to target: UInt16, _ random: SeededGenerator) throws {
    self.target = target
    self.random = random
    let isDone = DispatchSemaphore(value: 0)
    thread.loop.post { [self] in
      if let any = SocketAddress(numeric: "127.0.0.1", port: 0) {
        listener = try? Listener(on: any, loop: thread.loop) { [unowned self] in join($0.descriptor) }
      }
      port = listener?.address.port ?? 0
      isDone.signal()
    }
    isDone.wait()
    try #require(port != 0)
  }

  /// Answers swallowed so far.
  var eaten: Int { count.load(ordering: .relaxed) }

  func close() {
    thread.loop.post { [self] in
      listener?.close()
      for link in links.values { link.end() }
    }
    thread.stopAndJoin()
  }

  private func join(_ descriptor: Int32) {
    guard let address = SocketAddress(numeric: "127.0.0.1", port: target) else { return }
    let link = Link(descriptor, to: address, on: thread.loop, self)
    links[ObjectIdentifier(link)] = link
  }

  fileprivate func forget(_ link: Link) {
    links[ObjectIdentifier(link)] = nil
  }

  /// One in four.
  fileprivate func eats(_ bytes: [UInt8]) -> Bool {
    guard Data(bytes).range(of: Data("COMMIT\0".utf8)) != nil, random.next() % 4 == 0 else { return false }
    count.add(1, ordering: .relaxed)
    return true
  }
}

/// One connection of a client and the server's end of it.
private final class Link {
  private let near = End()
  private let far = End()
  private unowned let proxy: CommitEater

  init(_ descriptor: Int32, to target: SocketAddress, on loop: EventLoop, _ proxy: CommitEater) {
    self.proxy = proxy
    near.socket = Socket(descriptor: descriptor, on: loop, owner: near)
    far.socket = try? Socket.connect(to: target, on: loop, owner: far)
    near.received = { [weak self] bytes in self?.far.socket?.send(bytes) }
    far.received = { [weak self] bytes in self?.answer(bytes) }
    near.ended = { [weak self] in self?.end() }
    far.ended = { [weak self] in self?.end() }
    near.socket?.resumeReading()
    far.socket?.resumeReading()
  }

  private func answer(_ bytes: [UInt8]) {
    if proxy.eats(bytes) { end() } else { near.socket?.send(bytes) }
  }

  func end() {
    near.close()
    far.close()
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
