// A blocking connection to a port of 127.0.0.1. It is reset and not closed when it is dropped: ten
// thousand closed connections would keep as many ports for a minute.
private import Glibc

struct LoopbackConnection: ~Copyable {
  /// A posting of a thousand legs is answered with a megabyte.
  private static let answerBytesMax = 4 * 1024 * 1024

  private let descriptor: Int32

  /// Nil when nobody listens. Neither sending nor receiving waits longer than `patience` for the other side.
  static func open(
    port: UInt16, patience: Duration = .seconds(1)
  ) throws(BenchmarkError) -> LoopbackConnection? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .refused(action: "open a socket", errno: errno) }
    let connection = LoopbackConnection(descriptor: descriptor, patience: patience)
    switch connection.connect(to: port) {
    case 0: return connection
    case ECONNREFUSED: return nil
    case let refusal: throw .refused(action: "connect to port \(port)", errno: refusal)
    }
  }

  private init(descriptor: Int32, patience: Duration) {
    self.descriptor = descriptor
    setOptions(patience)
  }

  deinit {
    close(descriptor)
  }

  /// Whether all of it could be sent.
  func send(_ bytes: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) } == bytes.count
  }

  /// Waits for a whole answer; nil when none came.
  func receive() -> HTTPAnswer? {
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    while received.count < Self.answerBytesMax {
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

  /// A reset at the end, and no endless wait.
  private func setOptions(_ limit: Duration) {
    var reset = linger(l_onoff: 1, l_linger: 0)
    var patience = timeval(tv_sec: Int(limit / .seconds(1)), tv_usec: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
    let size = socklen_t(MemoryLayout<timeval>.size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
  }
}
