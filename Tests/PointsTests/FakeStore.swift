// A store that speaks just enough of its protocol to be taken for an old one.
import Foundation

/// Answers each read of each connection with whatever the closure makes of it, until it goes away.
final class FakeStore: Sendable {
  let port: UInt16
  private let descriptor: Int32

  init(_ answer: @escaping @Sendable ([UInt8]) -> [UInt8]) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, length) + listen(descriptor, 16) + getsockname(descriptor, $0, &length)
      }
    }
    guard status == 0 else { throw POSIXError(.EADDRINUSE) }
    self.descriptor = descriptor
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread {
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        Thread.detachNewThread { Self.converse(connection, answer) }
      }
    }
  }

  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  private static func converse(_ connection: Int32, _ answer: ([UInt8]) -> [UInt8]) {
    defer { close(connection) }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe recv(connection, $0.baseAddress, $0.count, 0)
      }
      guard count > 0 else { return }
      let reply = answer(Array(buffer[..<count]) + rest(of: connection))
      _ = unsafe reply.withUnsafeBytes {
        unsafe send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
    }
  }
}

extension FakeStore {
  /// What belongs to the same message but came a moment later.
  private static func rest(of connection: Int32) -> [UInt8] {
    var rest: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      var ready = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&ready, 1, 30) > 0 else { return rest }
      let count = unsafe recv(connection, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      guard count > 0 else { return rest }
      rest += buffer[..<count]
    }
  }

  /// Greets like a Redis of this version.
  static func redis(version: String) throws -> FakeStore {
    try FakeStore { bytes in
      // Scripts contain asterisks too, but none at the beginning of a line that ends as the protocol's do.
      let commands = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n*").map { $0.uppercased() }
      let info = "# Server\r\nredis_version:\(version)\r\n"
      return commands.flatMap { command in
        Array((command.contains("\r\nINFO\r\n") ? "$\(info.utf8.count)\r\n\(info)\r\n" : "+OK\r\n").utf8)
      }
    }
  }

  /// Greets like a Postgres of this version: no TLS, no password, ready.
  static func postgres(version: String) throws -> FakeStore {
    try FakeStore { bytes in
      let asksForEncryption = bytes.count == 8 && bytes[4] == 0x04 && bytes[5] == 0xD2
      if asksForEncryption { return Array("N".utf8) }
      let settings = [("server_version", version), ("client_encoding", "UTF8"), ("server_encoding", "UTF8")]
      return message("R", [0, 0, 0, 0])
        + settings.flatMap { message("S", Array("\($0.0)\0\($0.1)\0".utf8)) }
        + message("K", [0, 0, 0, 1, 0, 0, 0, 2]) + message("Z", Array("I".utf8))
    }
  }

  private static func message(_ kind: Character, _ body: [UInt8]) -> [UInt8] {
    let length = UInt8(body.count + 4)
    return Array("\(kind)".utf8) + [0, 0, 0, length] + body
  }
}
