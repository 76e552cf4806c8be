// A port of 127.0.0.1 that nobody uses, for a server we are about to start.
internal import Glibc

enum LoopbackPort {
  /// Below the range that outgoing connections take theirs from: the ten thousand of the memory
  /// measurement must not sit on the port of the next server.
  private static let candidates: Range<UInt16> = 20_000..<32_000

  static func choose() throws(BenchmarkError) -> UInt16 {
    for _ in 0..<100 {
      let port = UInt16.random(in: candidates)
      if isFree(port) { return port }
    }
    throw .refused(action: "find a free port on 127.0.0.1", errno: EADDRINUSE)
  }

  private static func isFree(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = address(port)
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  static func address(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}
