// A connected stream socket on a loop. It reads into the loop's buffer and
// hands the bytes to its owner at once; what the owner sends is collected and
// leaves in one system call at the end of the turn, or when it is told to.
//
// The seam for TLS is here: bytes pass `received` and `transmit` and nowhere else.
import CUV
import Glibc

/// The owner of a socket: is told of bytes, of the end, and when the output has drained.
package protocol SocketOwner: AnyObject {
  /// The bytes are lent for the call.
  func socketReceived(_ bytes: Span<UInt8>)
  /// The peer will send nothing more; it may still read.
  func socketEnded()
  /// Output has to wait until the peer reads.
  func socketBlocked()
  /// A new connection stands, or all output has left after some had to wait.
  func socketDrained()
  /// The socket is unusable and already closed.
  func socketFailed(_ error: SocketError)
}

extension SocketOwner {
  package func socketBlocked() {}
}

/// A non-blocking stream socket. It keeps its owner alive until it is closed.
package final class Socket: DescriptorOwner, Flushable {
  package let loop: EventLoop
  package var owner: (any SocketOwner)?
  private let descriptor: Int32
  private var watch: DescriptorWatch?
  /// What has not left yet; the first `sent` bytes have.
  package var output: [UInt8] = []
  private var sent = 0
  /// All bytes that ever left, so that a deadline can see progress.
  package private(set) var transmittedBytes = 0
  private var isReading = false
  private var isConnecting: Bool
  private var isFlushScheduled = false
  private var isBlocked = false
  private var endsAfterFlush = false
  package private(set) var isClosed = false

  /// A buffer larger than this is given back once it has
  /// drained, so that one large answer does not stay for ever.
  private static let keptCapacity = 4 * 1024

  /// Takes over a connected, non-blocking descriptor.
  package init(
    descriptor: Int32, on loop: EventLoop, owner: (any SocketOwner)? = nil, isConnecting: Bool = false
  ) {
    self.descriptor = descriptor
    self.loop = loop
    self.owner = owner
    self.isConnecting = isConnecting
    watch = DescriptorWatch(descriptor: descriptor, on: loop, owner: self)
    if isConnecting { updateInterest() }
  }

  deinit {
    precondition(isClosed, "A socket was dropped without being closed.")
  }

  // MARK: Receiving

  package func resumeReading() {
    isReading = true
    updateInterest()
  }

  /// Lets the kernel's buffer fill, and with it the sender wait.
  package func pauseReading() {
    isReading = false
    updateInterest()
  }

  package func descriptorReady(_ readiness: Readiness) {
    if isConnecting { return finishConnecting() }
    if !readiness.isDisjoint(with: [.readable, .hangUp]), isReading { receive() }
    if readiness.contains(.writable), !isClosed, unsentBytes > 0 { transmit() }
    // After an error libuv has stopped watching, but bytes that came before the error are handed over first.
    updateInterest()
  }

  /// Takes what has arrived without waiting to be told, for an owner about to close.
  package func receive() {
    guard !isClosed else { return }
    let buffer = unsafe loop.readBuffer.memory
    let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
    if count > 0 {
      unsafe owner?.socketReceived(buffer.bindMemory(to: UInt8.self).span.extracting(first: count))
    } else if count == 0 {
      pauseReading()
      owner?.socketEnded()
    } else if !isTransient(errno) {
      fail(.last("receive"))
    }
  }

  // MARK: Sending

  /// Adds to the output; it leaves at the end of the turn.
  package func send(_ bytes: [UInt8]) {
    output.append(contentsOf: bytes)
    flushLater()
  }

  /// Has `output` sent at the end of the turn, for owners that write into it themselves.
  package func flushLater() {
    guard !isFlushScheduled, !isClosed else { return }
    isFlushScheduled = true
    loop.flushLater(self)
  }

  package func flush() {
    isFlushScheduled = false
    guard !isClosed, !isConnecting, unsentBytes > 0 else { return }
    transmit()
    guard !isClosed, unsentBytes > 0, !isBlocked else { return }
    isBlocked = true
    updateInterest()
    owner?.socketBlocked()
  }

  /// All bytes that the peer has ever taken. The kernel may hold megabytes for a peer that reads slowly but
  /// well, so what has left us says little about the peer.
  package var acknowledgedBytes: Int {
    guard !isClosed else { return transmittedBytes }
    var queued: Int32 = 0
    _ = unsafe ioctl(descriptor, UInt(TIOCOUTQ), &queued)
    return transmittedBytes - Int(queued)
  }

  /// How much output waits for the peer to read.
  package var unsentBytes: Int { output.count - sent }

  /// Sends what is left, then tells the peer that nothing follows.
  package func endAfterFlush() {
    endsAfterFlush = true
    flushLater()
    if unsentBytes == 0 { shutdownOutput() }
  }

  private func transmit() {
    let count = unsafe output.withUnsafeBytes { bytes in
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[sent...])
      return unsafe Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
    }
    if count >= 0 {
      sent += count
      transmittedBytes += count
      if sent == output.count { drained() } else { forgetSent() }
    } else if !isTransient(errno) {
      fail(.last("send"))
    }
  }

  /// A peer that always leaves a little unread must not have us keep all it ever read. Moving what is left
  /// only when it is the smaller part costs less than a copy of each byte.
  private func forgetSent() {
    guard sent > Self.keptCapacity, sent > unsentBytes else { return }
    output = Array(output[sent...])
    sent = 0
  }

  private func drained() {
    sent = 0
    if output.capacity > Self.keptCapacity {
      output = []
    } else {
      output.removeAll(keepingCapacity: true)
    }
    if endsAfterFlush { shutdownOutput() }
    guard isBlocked else { return }
    isBlocked = false
    updateInterest()
    owner?.socketDrained()
  }

  private func shutdownOutput() {
    _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
  }

  // MARK: Life

  private func finishConnecting() {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
    guard code == 0 else { return fail(.system(code: code, operation: "connect")) }
    isConnecting = false
    updateInterest()
    owner?.socketDrained()
    if !isClosed { flush() }
  }

  private func updateInterest() {
    var interest: Readiness = []
    if isReading { interest.insert(.readable) }
    if isConnecting || isBlocked { interest.insert(.writable) }
    watch?.watch(for: interest)
  }

  private func fail(_ error: SocketError) {
    let owner = owner
    close()
    owner?.socketFailed(error)
  }

  /// Closes at once; unsent output is lost.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    watch?.close()
    watch = nil
    _ = Glibc.close(descriptor)
    output = []
    sent = 0
    owner = nil
  }

  /// Closes with a reset, so that a peer that would not read holds no buffers of ours in the kernel.
  package func reset() {
    guard !isClosed else { return }
    var option = linger(l_onoff: 1, l_linger: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    close()
  }

  private func isTransient(_ code: Int32) -> Bool {
    code == EAGAIN || code == EWOULDBLOCK || code == EINTR
  }
}

extension Socket {
  /// Begins a connection. The owner hears `socketDrained` when it stands, `socketFailed` when it does not.
  package static func connect(
    to address: SocketAddress, on loop: EventLoop, owner: any SocketOwner
  ) throws(SocketError) -> Socket {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = Glibc.socket(address.domain, type, 0)
    guard descriptor >= 0 else { throw .last("socket") }
    if address.family != .unix { setNoDelay(descriptor) }
    let status = unsafe address.withRaw { raw, length in unsafe Glibc.connect(descriptor, raw, length) }
    // A Unix socket whose listener's queue is full says EAGAIN, and that is final.
    guard status == 0 || errno == EINPROGRESS else {
      let error = SocketError.last("connect")
      _ = Glibc.close(descriptor)
      throw error
    }
    return Socket(descriptor: descriptor, on: loop, owner: owner, isConnecting: true)
  }
}

/// Answers leave at once: we gather a turn's output ourselves, so Nagle's delay could only hurt.
func setNoDelay(_ descriptor: Int32) {
  var on: Int32 = 1
  unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
}
