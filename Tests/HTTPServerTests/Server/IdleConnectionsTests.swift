// What an idle connection costs. The server is the real program
// in a process of its own, so that nothing else counts.
import Foundation
import TestSupport
import Testing

extension OverSockets {
  struct IdleConnectionsTests {
    private static let count = 10_000
    private static let address = "127.0.0.1"

    @Test func `ten thousand idle connections cost the server at most 10 KiB each`() async throws {
      raiseDescriptorLimit()
      let port = try freePort()
      let process = try serve(on: port)
      defer {
        // A child of a test's thread may have SIGTERM blocked.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      }
      let first = try connected(to: port)
      let others = try (0..<200).map { _ in try connected(to: port) }
      for client in [first] + others { try ask(client) }
      let before = residentKiB(of: process.processIdentifier)
      let clients = try (0..<Self.count).map { _ in try connected(to: port) }
      for client in clients { try ask(client) }
      let after = residentKiB(of: process.processIdentifier)
      print("\(Self.count) idle connections: \(before) KiB before, \(after) KiB after")
      #expect(before > 0)
      #expect(after - before <= 10 * Self.count)
      try ask(first)
    }

    @Test func `four thousand idle connections of HTTP/2 cost the server at most 20 KiB each`() async throws {
      raiseDescriptorLimit()
      let count = 4_000
      let port = try freePort()
      let process = try serve(on: port)
      defer {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      }
      let first = try connected(to: port)
      try ask(first)
      let others = try (0..<200).map { _ in try askedOverHTTP2(port) }
      let before = residentKiB(of: process.processIdentifier)
      let clients = try (0..<count).map { _ in try askedOverHTTP2(port) }
      let after = residentKiB(of: process.processIdentifier)
      print("\(count) idle connections of HTTP/2: \(before) KiB before, \(after) KiB after")
      #expect(before > 0)
      #expect(after - before <= 20 * count)
      // They are all there still.
      for client in others + clients { try askOverHTTP2(client, stream: 3) }
    }

    private func askedOverHTTP2(_ port: UInt16) throws -> RawClient {
      let client = try connected(to: port)
      try client.send(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + Frame.settings().bytes)
      try askOverHTTP2(client, stream: 1)
      return client
    }

    /// Only frames are counted here: the answer's fields are the business of other tests.
    private func askOverHTTP2(_ client: RawClient, stream: UInt32) throws {
      try client.send(Frame.get(stream, "/health").bytes)
      var isAnswered = false
      while !isAnswered {
        let head = try client.take(9)
        _ = try client.take(head[..<3].reduce(0) { $0 << 8 | Int($1) })
        isAnswered = head[3] <= 1 && head[4] & Frame.endStream != 0 && head[8] == UInt8(stream)
      }
      client.forgetBuffer()
    }

    private func ask(_ client: RawClient) throws {
      try client.send(get("/health"))
      #expect(try client.answer().status == 200)
      client.forgetBuffer()
    }

    /// Waits until the server listens.
    private func connected(to port: UInt16) throws -> RawClient {
      let end = ContinuousClock.now + .seconds(60)
      while true {
        do {
          return try RawClient(port: port)
        } catch ClientError.system(ECONNREFUSED, _) where ContinuousClock.now < end {
          usleep(1000)
        }
      }
    }

    private func serve(on port: UInt16) throws -> Process {
      let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let process = Process()
      process.executableURL = URL(filePath: tests).deletingLastPathComponent().appending(path: "points")
      process.arguments = ["serve"]
      process.environment = [
        "POINTS_LISTEN": "\(Self.address):\(port)", "POINTS_ACCESS_LOG": "off",
        "POINTS_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "POINTS_REDIS_URL": "redis://127.0.0.1:1",
        // Making thousands of connections takes a busy machine its time.
        "POINTS_HEAD_TIMEOUT": "5m", "POINTS_IDLE_TIMEOUT": "5m",
      ]
      try process.run()
      return process
    }

    private func freePort() throws -> UInt16 {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
        }
      }
      guard status == 0 else { throw ClientError.system(errno, "bind") }
      return UInt16(bigEndian: address.sin_port)
    }
  }
}
