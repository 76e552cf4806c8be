// A client that sends bytes and not requests: it can be slow, rude, or gone.
import Foundation

enum ClientError: Error, Equatable {
  case noAddress
  case system(Int32, String)
  case timedOut
  /// The server closed in the middle of an answer, or before one.
  case closed
  case malformedAnswer(String)
}

/// A blocking socket, connected to the server under test. Every wait ends after half a minute.
final class RawClient {
  let descriptor: Int32
  private var received: [UInt8] = []
  private var start = 0
  private var isOpen = true
  /// How often bytes were received.
  private(set) var receptions = 0

  convenience init(_ server: ServerUnderTest, receiveBuffer: Int32? = nil) throws {
    try self.init(port: server.port, receiveBuffer: receiveBuffer)
  }

  init(port: UInt16, receiveBuffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ClientError.system(errno, "socket") }
    if let receiveBuffer { set(SOL_SOCKET, SO_RCVBUF, receiveBuffer) }
    set(Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1))
    set(SOL_SOCKET, SO_RCVTIMEO, timeval(tv_sec: 30, tv_usec: 0))
    set(SOL_SOCKET, SO_SNDTIMEO, timeval(tv_sec: 30, tv_usec: 0))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw ClientError.system(errno, "connect") }
  }

  deinit {
    if isOpen { Glibc.close(descriptor) }
  }

  private func set<Value: BitwiseCopyable>(_ level: Int32, _ option: Int32, _ value: Value) {
    var value = value
    unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Value>.size))
  }

  // MARK: Sending

  func send(_ text: String) throws {
    try send(Array(text.utf8))
  }

  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.send(
          descriptor, $0.baseAddress.map { unsafe $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw errno == EAGAIN ? .timedOut : ClientError.system(errno, "send") }
      sent += count
    }
  }

  /// Sends in pieces, each in a segment of its own.
  func send(_ bytes: [UInt8], cutAt cuts: [Int]) throws {
    var start = 0
    for end in cuts + [bytes.count] {
      try send(Array(bytes[start..<end]))
      start = end
    }
  }

  /// Sends as much as goes without waiting.
  func sendWithoutWaiting(_ bytes: [UInt8]) -> Int {
    unsafe bytes.withUnsafeBytes {
      unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
  }

  /// Tells the server that nothing more will come.
  func finishSending() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  func close() {
    guard isOpen else { return }
    isOpen = false
    Glibc.close(descriptor)
  }

  /// Vanishes without a good-bye: the server gets a reset.
  func reset() {
    set(SOL_SOCKET, SO_LINGER, linger(l_onoff: 1, l_linger: 0))
    close()
  }

  // MARK: Receiving

  /// Reads one answer by its framing.
  func answer(isBodyless: Bool = false) throws -> RawAnswer {
    var answer = try head()
    guard !isBodyless, answer.status >= 200, answer.status != 204, answer.status != 304 else { return answer }
    if let length = answer["content-length"].flatMap(Int.init) {
      answer.body = try take(length)
    } else if answer["transfer-encoding"] == "chunked" {
      try readChunks(into: &answer)
    } else {
      answer.body = try rest()
    }
    return answer
  }

  /// The head of an answer, whose body is left unread.
  func head() throws -> RawAnswer {
    try RawAnswer(head: String(decoding: take(through: Array("\r\n\r\n".utf8)), as: UTF8.self))
  }

  /// Reads on another thread as fast as it can, until `finishReading`.
  func readAndForget() -> @Sendable () -> Void {
    let done = DispatchSemaphore(value: 0)
    let descriptor = descriptor
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 1024 * 1024)
      while unsafe buffer.withUnsafeMutableBytes({ unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }) > 0
      {}
      done.signal()
    }
    return { done.wait() }
  }

  func finishReading() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Whether reading would not wait: bytes have come, or the end.
  var hasSomethingToRead: Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&watched, 1, 0) > 0
  }

  /// Every answer until the server closes.
  func answersToEnd() throws -> [RawAnswer] {
    var answers: [RawAnswer] = []
    while try fill() || start < received.count { answers.append(try answer()) }
    return answers
  }

  /// Everything until the server closes.
  func rest() throws -> [UInt8] {
    while try fill(always: true) {}
    return try take(received.count - start)
  }

  /// Whether the server has closed and left nothing unread.
  func isAtEnd() throws -> Bool {
    guard start == received.count else { return false }
    return try !fill()
  }

  /// Gives back memory, for a client that is one of very many.
  func forgetBuffer() {
    received = []
    start = 0
  }

  private func readChunks(into answer: inout RawAnswer) throws {
    while true {
      let line = String(decoding: try take(through: [0x0D, 0x0A]).dropLast(2), as: UTF8.self)
      guard let size = Int(line, radix: 16) else { throw ClientError.malformedAnswer(line) }
      let data = try take(size)
      guard try take(2) == [0x0D, 0x0A] else { throw ClientError.malformedAnswer("a chunk's end") }
      if size == 0 { return }
      answer.chunks.append(size)
      answer.body += data
    }
  }

  private func take(through end: [UInt8]) throws -> [UInt8] {
    var from = start
    while true {
      while from + end.count <= received.count {
        if received[from] == end[0], received[from..<(from + end.count)].elementsEqual(end) {
          return try take(from + end.count - start)
        }
        from += 1
      }
      guard try fill(always: true) else { throw ClientError.closed }
    }
  }

  func take(_ count: Int) throws -> [UInt8] {
    while received.count - start < count {
      guard try fill(always: true) else { throw ClientError.closed }
    }
    let bytes = Array(received[start..<(start + count)])
    start += count
    if start == received.count {
      received.removeAll(keepingCapacity: true)
      start = 0
    }
    return bytes
  }

  /// Receives more, if nothing is left or in any case. False when the server has closed.
  @discardableResult
  private func fill(always: Bool = false) throws -> Bool {
    guard always || start == received.count else { return true }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    var count = -1
    // Who was stopped and goes on is told so instead of what came.
    repeat {
      count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw errno == EAGAIN ? .timedOut : ClientError.system(errno, "receive") }
    receptions += 1
    received += buffer[..<count]
    return count > 0
  }
}

/// A GET without a body.
func get(_ target: String, _ fields: String...) -> String {
  (["GET \(target) HTTP/1.1", "Host: h"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
}

/// A POST whose body has a length.
func post(_ target: String, _ body: String, _ fields: String...) -> String {
  let lines = ["POST \(target) HTTP/1.1", "Host: h", "Content-Length: \(body.utf8.count)"] + fields
  return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
}
