// A port that belongs to somebody who does not listen. A port that was merely free a moment ago may be
// another test's by now.
import Foundation

/// Refuses every connection for as long as it exists.
final class SilentPort: Sendable {
  let port: UInt16
  private let descriptor: Int32

  init() {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    port = bindToLoopback(descriptor)
  }

  deinit {
    close(descriptor)
  }

  var url: String { "http://127.0.0.1:\(port)" }
}

/// Binds to a port that the system chooses.
func bindToLoopback(_ descriptor: Int32) -> UInt16 {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  return unsafe withUnsafeMutablePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
      precondition(unsafe bind(descriptor, raw, length) == 0, "The loopback refused a port.")
      unsafe getsockname(descriptor, raw, &length)
    }
    return unsafe UInt16(bigEndian: pointer.pointee.sin_port)
  }
}
