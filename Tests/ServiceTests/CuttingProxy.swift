// A proxy between the service and a store, which cuts connections where it is told to: in the middle of a
// reply, for that is where a client can lose its place; in the middle of a request; or around one request
// that is known by what is in it. It can also lead to another server from some moment on.
import EventLoop
import Foundation
import Synchronization
import Testing

/// Passes bytes both ways on a loop and a thread of its own.
final class CuttingProxy: @unchecked Sendable {
  /// Where it listens; 0 when it could not.
  private(set) var port: UInt16 = 0
  /// Where it leads at first.
  let target: UInt16
  private let thread = LoopThread(running: EventLoop(name: "test-proxy"))
  private let count = Atomic(0)

  // MARK: Loop thread only

  private var listener: Listener?
  private var links: [ObjectIdentifier: Link] = [:]
  private var destination: UInt16
  /// How many more bytes pass before their connection is cut; nil means all.
  private var repliesUntilCut: Int?
  private var requestsUntilCut: Int?
  private var trap: (text: [UInt8], snap: Trap)?
  private var held: [() -> Void] = []

  /// What becomes of the connection that sends something the proxy waits for.
  enum Trap {
    /// Neither it nor what follows is passed on, until it is released.
    case hold
    /// It is cut, and the store never sees it.
    case cutBefore
    /// The store sees it, and the connection is cut when its answer comes.
    case cutAfter
  }

  init(to target: UInt16) throws {
    self.target = target
    destination = target
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
    thread.loop.post { [self] in repliesUntilCut = bytes }
  }

  func cut(afterRequestBytes bytes: Int) {
    thread.loop.post { [self] in requestsUntilCut = bytes }
  }

  /// Waits for a request with this text in it, once. Who springs the trap counts as a cut. Returns when it is
  /// set: a loop reads what has come before it does what it was told. Not from the loop itself.
  func set(_ snap: Trap, at text: String) {
    let isDone = DispatchSemaphore(value: 0)
    thread.loop.post { [self] in
      trap = (Array(text.utf8), snap)
      isDone.signal()
    }
    isDone.wait()
  }

  /// Passes on what was held.
  func release() {
    thread.loop.post { [self] in
      for pass in held { pass() }
      held = []
    }
  }

  /// Ends all connections, and leads new ones to another server.
  func lead(to port: UInt16) {
    thread.loop.post { [self] in
      destination = port
      for link in links.values { link.end() }
    }
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
    guard let address = SocketAddress(numeric: "127.0.0.1", port: destination) else { return }
    let link = Link(descriptor, to: address, on: thread.loop, self)
    links[ObjectIdentifier(link)] = link
  }

  fileprivate func forget(_ link: Link) {
    links[ObjectIdentifier(link)] = nil
  }

  /// How much of a reply passes, and whether its connection ends there.
  fileprivate func admit(reply bytes: Int) -> (passed: Int, isCut: Bool) { admit(bytes, &repliesUntilCut) }

  fileprivate func admit(request bytes: Int) -> (passed: Int, isCut: Bool) {
    admit(bytes, &requestsUntilCut)
  }

  private func admit(_ bytes: Int, _ bytesUntilCut: inout Int?) -> (passed: Int, isCut: Bool) {
    guard let left = bytesUntilCut else { return (bytes, false) }
    bytesUntilCut = left - min(left, bytes)
    guard left <= bytes else { return (bytes, false) }
    bytesUntilCut = nil
    count.add(1, ordering: .relaxed)
    return (left, true)
  }

  /// Whether the request is the one that is waited for, and what becomes of it.
  fileprivate func spring(_ request: [UInt8], held pass: @escaping () -> Void) -> Trap? {
    guard let (text, snap) = trap, Data(request).range(of: Data(text)) != nil else { return nil }
    trap = nil
    if case .hold = snap { held.append(pass) }
    count.add(1, ordering: .relaxed)
    return snap
  }
}

/// One connection of the service and the store's end of it.
private final class Link {
  private let near: ProxyEnd
  private var far: ProxyEnd?
  /// What was sent since the link is held.
  private var heldBack: [UInt8]?
  private var endsWithReply = false
  private unowned let proxy: CuttingProxy

  init(_ descriptor: Int32, to target: SocketAddress, on loop: EventLoop, _ proxy: CuttingProxy) {
    self.proxy = proxy
    near = ProxyEnd()
    near.socket = Socket(descriptor: descriptor, on: loop, owner: near)
    let far = ProxyEnd()
    far.socket = try? Socket.connect(to: target, on: loop, owner: far)
    self.far = far
    near.received = { [weak self] bytes in self?.passOn(bytes) }
    far.received = { [weak self] bytes in self?.passBack(bytes) }
    near.ended = { [weak self] in self?.end() }
    far.ended = { [weak self] in self?.end() }
    near.socket?.resumeReading()
    far.socket?.resumeReading()
  }

  private func passOn(_ bytes: [UInt8]) {
    if heldBack != nil {
      heldBack?.append(contentsOf: bytes)
      return
    }
    switch proxy.spring(bytes, held: { [weak self] in self?.release() }) {
    case .hold: heldBack = bytes
    case .cutBefore: end()
    case .cutAfter:
      endsWithReply = true
      far?.socket?.send(bytes)
    case nil:
      let (passed, isCut) = proxy.admit(request: bytes.count)
      far?.socket?.send(Array(bytes.prefix(passed)))
      guard isCut else { return }
      far?.socket?.flush()
      end()
    }
  }

  private func release() {
    if let heldBack { far?.socket?.send(heldBack) }
    heldBack = nil
    far?.socket?.flush()
  }

  private func passBack(_ bytes: [UInt8]) {
    if endsWithReply { return end() }
    let (passed, isCut) = proxy.admit(reply: bytes.count)
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
