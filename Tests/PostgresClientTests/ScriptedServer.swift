// A server that says exactly what a test wants, to the byte, and hangs up when it wants: for what a real
// Postgres does only by bad luck.
import Glibc
import Synchronization

/// Listens on a Unix socket, where a peer that has hung up is noticed at once, and serves one connection.
final class ScriptedServer: Sendable {
  private let directory: String
  private let listener: Int32
  private let version: String
  private let replies: [[UInt8]]
  private let hungUp = Atomic(false)

  /// After the handshake each batch of commands, up to its sync, is answered with the next reply; after the
  /// last one the server closes the connection.
  init(version: String = "15.0", replies: [[UInt8]]) {
    self.version = version
    self.replies = replies
    var template = Array("/tmp/points-scripted-XXXXXX".utf8CString)
    directory = unsafe String(cString: mkdtemp(&template))
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array("\(directory)/.s.PGSQL.5432".utf8)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
    let listener = listener
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        _ = unsafe bind(listener, raw, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    _ = listen(listener, 1)
  }

  deinit {
    close(listener)
    unsafe unlink("\(directory)/.s.PGSQL.5432")
    unsafe rmdir(directory)
  }

  var url: String { "postgres://someone@/some?host=\(directory)" }

  /// Blocks until the server has hung up.
  func waitUntilHungUp() {
    while !hungUp.load(ordering: .acquiring) { sched_yield() }
  }

  /// Serves one connection; blocks, so it is called on a thread of the loop's pool. A client that does not
  /// come, or says nothing more, is not waited for for ever.
  func serve() {
    defer { hungUp.store(true, ordering: .releasing) }
    limitPatience(with: listener)
    let connection = accept(listener, nil, nil)
    guard connection >= 0 else { return }
    defer { close(connection) }
    limitPatience(with: connection)
    _ = receive(connection)
    let status = Self.message("S", Array("server_version".utf8) + [0] + Array(version.utf8) + [0])
    send(connection, Self.message("R", [0, 0, 0, 0]) + status + Self.ready)
    for reply in replies {
      // A sync is the last thing of a batch: five bytes that
      // cannot be cut from the rest of such small batches.
      var batch: [UInt8] = []
      while batch.suffix(5) != Self.message("S", [])[...] {
        let bytes = receive(connection)
        guard !bytes.isEmpty else { return }
        batch += bytes
      }
      send(connection, reply)
    }
  }

  static func message(_ type: Unicode.Scalar, _ body: [UInt8]) -> [UInt8] {
    let length = UInt32(body.count + 4)
    return [UInt8(ascii: type)] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) } + body
  }

  static let parsed = message("1", [])
  static let bound = message("2", [])
  /// One column of type int8, in binary.
  static let described = message(
    "T", [0, 1, 0x6E, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 1])
  static let completed = message("C", Array("SELECT 1".utf8) + [0])
  static let ready = message("Z", [UInt8(ascii: "I")])

  static func row(_ number: UInt8) -> [UInt8] {
    message("D", [0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, number])
  }

  private func limitPatience(with descriptor: Int32) {
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  private func receive(_ connection: Int32) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe recv(connection, &bytes, bytes.count, 0)
    return Array(bytes.prefix(max(0, count)))
  }

  private func send(_ connection: Int32, _ bytes: [UInt8]) {
    _ = unsafe Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }
}
