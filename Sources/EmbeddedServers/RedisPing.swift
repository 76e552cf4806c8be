// Asks a Redis whether it takes requests: it listens before
// it has read its data, and answers -LOADING meanwhile.

private import Glibc

struct RedisPing: Sendable {
  let socketPath: String
  let password: String?

  func isAnswered() -> Bool {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard connect(descriptor) else { return false }
    let question = Array(((password.map { "AUTH \($0)\r\n" } ?? "") + "PING\r\n").utf8)
    // A Redis that dies just now must not end us with SIGPIPE. A few bytes always fit into an empty socket.
    let sent = unsafe question.withUnsafeBytes {
      unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    guard sent == question.count else { return false }
    return readAnswer(descriptor).hasSuffix("+PONG\r\n")
  }

  private func readAnswer(_ descriptor: Int32) -> String {
    let deadline = ContinuousClock.now + .seconds(1)
    var answer: [UInt8] = []
    let lines = password == nil ? 1 : 2
    while answer.count(where: { $0 == UInt8(ascii: "\n") }) < lines {
      guard Descriptor.wait(for: descriptor, until: deadline) else { break }
      let chunk = Descriptor.readSome(from: descriptor)
      if chunk.isEmpty { break }
      answer += chunk
    }
    return String(decoding: answer, as: UTF8.self)
  }

  private func connect(_ descriptor: Int32) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array(socketPath.utf8)
    guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe Glibc.connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }
}
