// An address a socket can be bound or connected to, already
// resolved: names are looked up elsewhere, off the loop.
import CUV
import Glibc

/// An IPv4, IPv6 or Unix socket address.
package struct SocketAddress: Sendable, CustomStringConvertible {
  package enum Family: Sendable, Equatable {
    case ipv4, ipv6, unix
  }

  private var storage = sockaddr_storage()
  private var length: socklen_t = 0
  package let family: Family

  /// A numeric address such as `127.0.0.1` or `::1`.
  package init?(numeric host: String, port: UInt16) {
    var ipv4 = sockaddr_in()
    var ipv6 = sockaddr_in6()
    if unsafe inet_pton(AF_INET, host, &ipv4.sin_addr) == 1 {
      family = .ipv4
      ipv4.sin_family = sa_family_t(AF_INET)
      ipv4.sin_port = port.bigEndian
      store(ipv4)
    } else if unsafe inet_pton(AF_INET6, host, &ipv6.sin6_addr) == 1 {
      family = .ipv6
      ipv6.sin6_family = sa_family_t(AF_INET6)
      ipv6.sin6_port = port.bigEndian
      store(ipv6)
    } else {
      return nil
    }
  }

  /// A Unix socket's path, at most 107 bytes.
  package init?(unixPath path: String) {
    family = .unix
    var address = sockaddr_un()
    let bytes = Array(path.utf8)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard !bytes.isEmpty, bytes.count < capacity, !bytes.contains(0) else { return nil }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    store(address)
  }

  /// What accept or getsockname filled in.
  init(storage: sockaddr_storage, length: socklen_t) {
    self.storage = storage
    self.length = length
    family =
      switch Int32(storage.ss_family) {
      case AF_INET: .ipv4
      case AF_INET6: .ipv6
      default: .unix
      }
  }

  private mutating func store<Address>(_ address: Address) {
    length = socklen_t(MemoryLayout<Address>.size)
    unsafe withUnsafeMutableBytes(of: &storage) { target in
      unsafe withUnsafeBytes(of: address) { unsafe target.copyMemory(from: $0) }
    }
  }

  /// Lends the address in the form the C library takes.
  func withRaw<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    unsafe withUnsafeBytes(of: storage) { bytes in
      guard let base = bytes.baseAddress else { preconditionFailure("An address has storage.") }
      return unsafe body(base.assumingMemoryBound(to: sockaddr.self), length)
    }
  }

  var domain: Int32 {
    switch family {
    case .ipv4: AF_INET
    case .ipv6: AF_INET6
    case .unix: AF_UNIX
    }
  }

  package var port: UInt16 {
    switch family {
    case .ipv4: UInt16(bigEndian: load(sockaddr_in.self).sin_port)
    case .ipv6: UInt16(bigEndian: load(sockaddr_in6.self).sin6_port)
    case .unix: 0
    }
  }

  /// Whether the peer is this very machine.
  package var isLoopback: Bool {
    switch family {
    case .unix: return true
    case .ipv4: return UInt32(bigEndian: load(sockaddr_in.self).sin_addr.s_addr) >> 24 == 127
    case .ipv6:
      let bytes = unsafe withUnsafeBytes(of: load(sockaddr_in6.self).sin6_addr) { unsafe Array($0) }
      let isMappedIPv4 = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
      return isMappedIPv4 ? bytes[12] == 127 : bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
    }
  }

  /// The numeric host, without a port.
  package var host: String {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status = unsafe withRaw { raw, length in
      unsafe getnameinfo(raw, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    }
    guard status == 0, family != .unix else { return "unix" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  package var description: String {
    switch family {
    case .ipv4: "\(host):\(port)"
    case .ipv6: "[\(host)]:\(port)"
    case .unix: "unix"
    }
  }

  /// Connects and waits for it, for commands that have no
  /// loop. Reads and writes on it end by the same time-out.
  package func connectBlocking(timeout: Duration) -> Int32? {
    let descriptor = Glibc.socket(domain, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var limit = timeval(tv_sec: Int(timeout.components.seconds), tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      unsafe setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    let status = unsafe withRaw { raw, length in unsafe Glibc.connect(descriptor, raw, length) }
    if status == 0 { return descriptor }
    _ = Glibc.close(descriptor)
    return nil
  }

  private func load<Address>(_ type: Address.Type) -> Address {
    unsafe withUnsafeBytes(of: storage) { unsafe $0.loadUnaligned(as: type) }
  }
}
