// Accepts connections. One listener serves all workers and gives each
// connection to the worker with the fewest: the kernel's own spreading over
// several listeners put eight connections 6 to 2 or worse in 29 tries of 100.
import CUV
import Glibc

/// A listening socket on a loop; it hands over connected descriptors and knows nothing of what they are for.
package final class Listener: DescriptorOwner, DeadlineOwner {
  /// A connection that nobody has taken over yet.
  package struct Connection: Sendable {
    package let descriptor: Int32
    package let peer: SocketAddress

    /// Sends a last word if it fits, and closes. The peer's request may have arrived already: closing on
    /// unread bytes would be a reset, which can destroy the answer before it is read.
    package func refuse(with answer: [UInt8]) {
      _ = unsafe answer.withUnsafeBytes { bytes in
        unsafe send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      }
      _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
      _ = recv(descriptor, nil, 64 * 1024, Int32(MSG_TRUNC))
      _ = Glibc.close(descriptor)
    }
  }

  package let address: SocketAddress
  private let loop: EventLoop
  private let accepted: (Connection) -> Void
  private let descriptor: Int32
  private var watch: DescriptorWatch?
  /// Held in reserve: when descriptors run out it is given up to accept and refuse one connection, instead of
  /// spinning on a listener that stays readable.
  private var reserve: Int32

  private static let acceptsPerTurn = 64
  private static let backlog: Int32 = 4096
  /// Unsent bytes the kernel takes for one connection. Without a bound it
  /// takes up to 4 MiB of a peer that does not read, and a thousand such peers
  /// use up the system's memory for TCP: everybody else then loses packets.
  private static let unsentLimit: Int32 = 128 * 1024

  package init(
    on address: SocketAddress, loop: EventLoop, reusePort: Bool = false,
    accepted: @escaping (Connection) -> Void
  ) throws(SocketError) {
    descriptor = try Self.openListening(on: address, reusePort: reusePort)
    self.address = Self.boundAddress(of: descriptor)
    self.loop = loop
    self.accepted = accepted
    reserve = Self.openReserve()
    let watch = DescriptorWatch(descriptor: descriptor, on: loop, owner: self)
    self.watch = watch
    watch.watch(for: .readable)
  }

  /// Takes what the kernel has accepted already, for a server
  /// about to stop: those clients believe they are connected.
  package func acceptWaiting() {
    guard watch != nil else { return }
    // No more than the kernel's queue holds: clients that come faster than we accept would keep us here.
    for _ in 0..<Int(Self.backlog) / Self.acceptsPerTurn {
      guard acceptSome() else { return }
    }
  }

  package func close() {
    guard let watch else { return }
    watch.close()
    self.watch = nil
    _ = Glibc.close(descriptor)
    _ = Glibc.close(reserve)
  }

  package func descriptorReady(_ readiness: Readiness) {
    _ = acceptSome()
  }

  /// Whether more may be waiting.
  private func acceptSome() -> Bool {
    for _ in 0..<Self.acceptsPerTurn {
      var storage = sockaddr_storage()
      var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let connection = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
        unsafe points_accept(
          descriptor, UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self), &length)
      }
      guard connection >= 0 else {
        acceptFailed(errno)
        return false
      }
      let peer = SocketAddress(storage: storage, length: length)
      if peer.family != .unix { setNoDelay(connection) }
      accepted(Connection(descriptor: connection, peer: peer))
    }
    return true
  }

  private func acceptFailed(_ code: Int32) {
    switch code {
    case EMFILE, ENFILE:
      refuseOne()
    case ENOBUFS, ENOMEM:
      pause()
    default:
      break
    }
  }

  /// Out of descriptors: whoever waits is closed at once, so that he can try elsewhere.
  private func refuseOne() {
    _ = Glibc.close(reserve)
    let connection = points_accept(descriptor, nil, nil)
    if connection >= 0 { _ = Glibc.close(connection) }
    reserve = Self.openReserve()
    if reserve < 0 { pause() }
  }

  private func pause() {
    watch?.watch(for: [])
    _ = loop.setDeadline(after: .milliseconds(100), for: self)
  }

  package func deadlinePassed(_ id: DeadlineID) {
    watch?.watch(for: .readable)
  }

  // MARK: System calls

  private static func openListening(on address: SocketAddress, reusePort: Bool) throws(SocketError) -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = Glibc.socket(address.domain, type, 0)
    guard descriptor >= 0 else { throw .last("socket") }
    setOption(descriptor, SO_REUSEADDR)
    if reusePort { setOption(descriptor, SO_REUSEPORT) }
    if address.family != .unix { limitUnsent(descriptor) }
    let bound = unsafe address.withRaw { raw, length in unsafe Glibc.bind(descriptor, raw, length) }
    guard bound == 0 else { throw closing(descriptor, .last("bind to \(address)")) }
    guard Glibc.listen(descriptor, backlog) == 0 else { throw closing(descriptor, .last("listen")) }
    return descriptor
  }

  private static func closing(_ descriptor: Int32, _ error: SocketError) -> SocketError {
    _ = Glibc.close(descriptor)
    return error
  }

  private static func setOption(_ descriptor: Int32, _ option: Int32) {
    var on: Int32 = 1
    unsafe setsockopt(descriptor, SOL_SOCKET, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Accepted connections inherit it.
  private static func limitUnsent(_ descriptor: Int32) {
    var limit = unsentLimit
    let length = socklen_t(MemoryLayout<Int32>.size)
    unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, &limit, length)
  }

  /// The address as bound: port 0 has become a real one.
  private static func boundAddress(of descriptor: Int32) -> SocketAddress {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      _ = unsafe getsockname(
        descriptor, UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self), &length)
    }
    return SocketAddress(storage: storage, length: length)
  }

  private static func openReserve() -> Int32 {
    unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
  }
}
