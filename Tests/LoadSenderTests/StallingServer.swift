// A server that answers one connection at once, but for one request, which it lets wait.
import Glibc
import Synchronization

final class StallingServer: Sendable {
  static let stall = Duration.milliseconds(300)

  let port: UInt16
  private let listener: Int32

  /// Stalls before it answers the request of that number.
  init(before stalled: Int) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(listener, $0, length) == 0 && listen(listener, 1) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard bound else { throw Unavailable() }
    port = UInt16(bigEndian: address.sin_port)
    var thread = pthread_t()
    let served = unsafe Unmanaged.passRetained(Served(listener: listener, stalled: stalled))
    unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Served>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, served.toOpaque())
    pthread_detach(thread)
  }

  deinit { close(listener) }

  struct Unavailable: Error {}
}

/// What its thread does: one connection, to its end.
private final class Served: Sendable {
  private let listener: Int32
  private let stalled: Int

  init(listener: Int32, stalled: Int) {
    (self.listener, self.stalled) = (listener, stalled)
  }

  func run() {
    let connection = accept(listener, nil, nil)
    defer { close(connection) }
    var chunk = [UInt8](repeating: 0, count: 4_096)
    let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)
    var answered = 0
    // The sender has one request at a time under way, and it fits into a packet.
    while unsafe read(connection, &chunk, chunk.count) > 0 {
      answered += 1
      if answered == stalled { usleep(UInt32(StallingServer.stall / .microseconds(1))) }
      guard unsafe write(connection, answer, answer.count) == answer.count else { return }
    }
  }
}
