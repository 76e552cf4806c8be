// A blocking connection to a port of 127.0.0.1. It is reset and not closed when it is dropped: ten
// thousand closed connections would keep as many ports for a minute.
private import Glibc

struct LoopbackConnection: ~Copyable {
  private let descriptor: Int32

  /// Nil when nobody listens.
  static func open(port: UInt16) throws(BenchmarkError) -> LoopbackConnection? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .refused(action: "open a socket", errno: errno) }
    let connection = LoopbackConnection(descriptor: descriptor)
    switch connection.connect(to: port) {
    case 0: return connection
    case ECONNREFUSED: return nil
    case let refusal: throw .refused(action: "connect to port \(port)", errno: refusal)
    }
  }

  private init(descriptor: Int32) {
    self.descriptor = descriptor
    setOptions()
  }

  deinit {
    close(descriptor)
  }

  /// Sends a GET that keeps the connection, and waits for the whole answer; nil when none came.
  func get(_ path: String) -> HTTPAnswer? {
    let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
    let sent = unsafe request.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    guard sent == request.count else { return nil }
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while received.count < 64 * 1024 {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return nil }
      received += chunk[..<count]
      if let answer = HTTPAnswer(received) { return answer }
    }
    return nil
  }

  /// Whether the connection is open and the other side has said nothing more.
  var isQuiet: Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&watched, 1, 0) == 0
  }

  /// Zero, or the error number.
  private func connect(to port: UInt16) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let answer = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return answer == 0 ? 0 : errno
  }

  /// A reset at the end, and no wait longer than a second.
  private func setOptions() {
    var reset = linger(l_onoff: 1, l_linger: 0)
    var patience = timeval(tv_sec: 1, tv_usec: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
    let size = socklen_t(MemoryLayout<timeval>.size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
  }
}
