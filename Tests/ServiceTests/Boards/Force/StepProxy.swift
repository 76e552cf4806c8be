// A proxy between a process and a store that passes on one request after the other, and stops where it is
// told to: the process is then exactly there, for as long as a test likes.
import EventLoop
import Foundation
import Testing

/// Passes bytes both ways on a loop and a thread of its own.
final class StepProxy: @unchecked Sendable {
  /// Where it listens.
  private(set) var port: UInt16 = 0
  private let target: UInt16
  private let language: RequestSplitter.Language
  fileprivate let watch: StepWatch
  private let thread = LoopThread(running: EventLoop(name: "step-proxy"))

  // MARK: Loop thread only

  private var listener: Listener?
  private var links: [ObjectIdentifier: StepLink] = [:]

  init(to target: UInt16, _ language: RequestSplitter.Language, _ watch: StepWatch) throws {
    (self.target, self.language, self.watch) = (target, language, watch)
    let isDone = DispatchSemaphore(value: 0)
    thread.loop.post { [self] in
      listen()
      isDone.signal()
    }
    isDone.wait()
    try #require(port != 0)
  }

  /// Passes on what was held.
  func release() {
    thread.loop.post { [self] in
      for link in links.values { link.release() }
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
    guard let address = SocketAddress(numeric: "127.0.0.1", port: target) else { return }
    let link = StepLink(descriptor, to: address, on: thread.loop, RequestSplitter(language), self)
    links[ObjectIdentifier(link)] = link
  }

  fileprivate func forget(_ link: StepLink) {
    links[ObjectIdentifier(link)] = nil
  }
}

/// One connection of the process and the store's end of it.
private final class StepLink {
  private let near = ProxyEnd()
  private let far = ProxyEnd()
  private var splitter: RequestSplitter
  /// What was done in the transaction that goes on; nil between two.
  private var trail: [String]?
  private var last: Step?
  private var held: [UInt8]?
  private var heldReply: [UInt8]?
  private unowned let proxy: StepProxy

  init(
    _ descriptor: Int32, to target: SocketAddress, on loop: EventLoop, _ splitter: RequestSplitter,
    _ proxy: StepProxy
  ) {
    (self.splitter, self.proxy) = (splitter, proxy)
    near.socket = Socket(descriptor: descriptor, on: loop, owner: near)
    far.socket = try? Socket.connect(to: target, on: loop, owner: far)
    near.received = { [weak self] bytes in
      self?.splitter.add(bytes)
      self?.passOn()
    }
    far.received = { [weak self] bytes in self?.passBack(bytes) }
    near.ended = { [weak self] in self?.end() }
    far.ended = { [weak self] in self?.end() }
    near.socket?.resumeReading()
    far.socket?.resumeReading()
  }

  private func passOn() {
    while held == nil, let request = splitter.next() {
      switch verdict(on: request) {
      case .pass: far.socket?.send(request.bytes)
      case .hold: held = request.bytes
      case .holdReply:
        heldReply = []
        far.socket?.send(request.bytes)
      }
    }
  }

  private func verdict(on request: RequestSplitter.Request) -> StepWatch.Verdict {
    var verdict = StepWatch.Verdict.pass
    if let name = request.name, let trail = note(name) {
      let met = proxy.watch.meet(trail)
      (last, verdict) = (met.step, met.verdict)
    }
    if request.endsUnit, let step = last {
      proxy.watch.endUnit(with: step)
      last = nil
    }
    return verdict
  }

  /// The trail of what is named so; nil for what begins a transaction, which is nothing yet.
  private func note(_ name: String) -> [String]? {
    switch name {
    case "begin":
      trail = []
      return nil
    case "commit", "roll_back":
      defer { trail = nil }
      return (trail ?? []) + [name]
    case _:
      guard let done = trail else { return [name] }
      trail = done + [name]
      return trail
    }
  }

  private func passBack(_ bytes: [UInt8]) {
    guard heldReply != nil else {
      near.socket?.send(bytes)
      return
    }
    heldReply?.append(contentsOf: bytes)
    proxy.watch.replyIsHeld()
  }

  func release() {
    if let heldReply { near.socket?.send(heldReply) }
    if let held { far.socket?.send(held) }
    (heldReply, held) = (nil, nil)
    passOn()
    near.socket?.flush()
    far.socket?.flush()
  }

  func end() {
    near.close()
    far.close()
    proxy.forget(self)
  }
}
