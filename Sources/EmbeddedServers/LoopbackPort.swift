// A port of 127.0.0.1 that nobody uses, for a server about to be started.

private import Glibc

package enum LoopbackPort {
  /// Below the range from which the kernel takes ports for outgoing connections: a server that is stopped and
  /// started again finds its port still free, and ten thousand clients of one server take no other's port.
  private static let candidates: Range<UInt16> = 20_000..<32_000

  package static func choose() throws(EmbeddedServersError) -> UInt16 {
    for _ in 0..<100 {
      let port = UInt16.random(in: candidates)
      if isFree(port) { return port }
    }
    throw .noFreePort
  }

  private static func isFree(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
