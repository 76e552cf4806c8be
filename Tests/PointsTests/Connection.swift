// A connection to the service, for one request at a time.
import Foundation

struct Reply {
  let status: Int
  let text: String
}

enum ConnectionError: Error, Equatable {
  case refused
  case closed
}

final class Connection {
  private let descriptor: Int32

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw ConnectionError.refused }
  }

  deinit {
    close(descriptor)
  }

  func get(_ target: String, key: String? = nil) throws -> Reply {
    try send(target, key: key)
    return try reply()
  }

  /// Sends a request after whose answer the server closes.
  func send(_ target: String, key: String? = nil) throws {
    let access = key.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    let bytes = Array("GET \(target) HTTP/1.1\r\nHost: h\r\n\(access)Connection: close\r\n\r\n".utf8)
    let count = unsafe bytes.withUnsafeBytes {
      unsafe Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    guard count == bytes.count else { throw ConnectionError.closed }
  }

  /// Everything until the server closes.
  func reply() throws -> Reply {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
      }
      guard count > 0 else { break }
      received += buffer[..<count]
    }
    let text = String(decoding: received, as: UTF8.self)
    guard let match = text.prefixMatch(of: #/HTTP/1\.1 (\d\d\d) /#), let status = Int(match.1) else {
      throw ConnectionError.closed
    }
    return Reply(status: status, text: text)
  }
}
