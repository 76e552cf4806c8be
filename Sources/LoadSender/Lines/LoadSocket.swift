// A TCP connection that never waits, with what is still to be written and what is still to be understood.
private import Glibc

final class LoadSocket {
  private static let readBytes = 64 * 1024

  let descriptor: Int32
  var output: [UInt8] = []
  /// From `consumed` on it is not understood yet.
  private(set) var input: [UInt8] = []
  private(set) var consumed = 0
  private var written = 0

  init(host: String, port: UInt16) throws(LoadError) {
    descriptor = try Self.connect(host: host, port: port)
  }

  deinit { close(descriptor) }

  /// The part of the input that is not understood yet.
  var waiting: Int { input.count - consumed }

  func consume(_ count: Int) {
    consumed += count
    guard consumed == input.count else { return }
    input.removeAll(keepingCapacity: true)
    consumed = 0
  }

  /// Writes what the kernel takes; whether that was all.
  func flush() throws(LoadError) -> Bool {
    while written < output.count {
      let count = unsafe output.withUnsafeBytes { bytes in
        unsafe Glibc.send(
          descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written,
          Int32(MSG_NOSIGNAL))
      }
      if count < 0 {
        if errno == EAGAIN { return false }
        if errno == EINTR { continue }
        throw .refused(action: "write to the service", errno: errno)
      }
      written += count
    }
    output.removeAll(keepingCapacity: true)
    written = 0
    return true
  }

  /// Reads once; false says that the service has closed.
  func fill() throws(LoadError) -> Bool {
    if consumed > 0 {
      input.removeSubrange(..<consumed)
      consumed = 0
    }
    let before = input.count
    input.reserveCapacity(before + Self.readBytes)
    var failure: Int32 = 0
    var isAtEnd = false
    let wanted = Self.readBytes
    let descriptor = descriptor
    input.append(addingCapacity: wanted) { room in
      unsafe room.withUnsafeMutableBufferPointer { buffer, count in
        let got = unsafe recv(descriptor, buffer.baseAddress?.advanced(by: count), wanted, 0)
        if got > 0 { count += got }
        isAtEnd = got == 0
        if got < 0 { failure = errno }
      }
    }
    if failure != 0 && failure != EAGAIN && failure != EINTR {
      throw .refused(action: "read from the service", errno: failure)
    }
    return !isAtEnd
  }

  private static func connect(host: String, port: UInt16) throws(LoadError) -> Int32 {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(host, String(port), &hints, &found) == 0, let first = unsafe found else {
      throw .unknownHost(host)
    }
    defer { unsafe freeaddrinfo(first) }
    let made = unsafe socket(
      first.pointee.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard made >= 0 else { throw .refused(action: "open a socket", errno: errno) }
    guard unsafe Glibc.connect(made, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0 else {
      defer { close(made) }
      throw .refused(action: "connect to \(host) at port \(port)", errno: errno)
    }
    var yes: Int32 = 1
    unsafe setsockopt(made, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    _ = fcntl(made, F_SETFL, fcntl(made, F_GETFL) | O_NONBLOCK)
    return made
  }
}
