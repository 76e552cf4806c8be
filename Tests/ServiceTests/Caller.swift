// A client of the tests' own: one kept-alive connection, one request at a time, and no patience beyond the
// answer's deadline.
import Foundation
import TestSupport

/// An answer.
struct Answer: Sendable {
  var status = 0
  var fields: [String: String] = [:]
  var body = ""

  /// A member of a JSON object.
  func member(_ name: String) -> String? {
    let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
    return object?[name] as? String
  }
}

enum CallError: Error, Equatable {
  case notConnected(Int32)
  /// The connection ended before the answer was whole.
  case closed
  case silent
  case malformed(String)
}

/// A blocking connection to the service.
final class Caller: ByteChannel {
  private let descriptor: Int32
  private var received: [UInt8] = []

  /// Waits so long for each piece of an answer.
  init(port: UInt16, patience limit: Duration = .seconds(20)) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var patience = timeval(tv_sec: Int(limit.components.seconds), tv_usec: 0)
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
    guard status == 0 else { throw CallError.notConnected(errno) }
  }

  deinit {
    close(descriptor)
  }

  func get(_ target: String) throws -> Answer {
    try send("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
    return try answer()
  }

  func send(_ text: String) throws {
    try send(Array(text.utf8))
  }

  func send(_ bytes: [UInt8]) throws {
    let count = unsafe bytes.withUnsafeBytes {
      unsafe Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    guard count == bytes.count else { throw CallError.closed }
  }

  func answer() throws -> Answer {
    var answer = try head()
    if answer.fields["transfer-encoding"] == "chunked" {
      while let chunk = try chunk() { answer.body += chunk }
      return answer
    }
    // What has no content has no length either.
    let length = answer.fields["content-length"].flatMap(Int.init) ?? (answer.status == 204 ? 0 : nil)
    guard let length else { throw CallError.malformed("\(answer)") }
    answer.body = try text(length)
    return answer
  }

  /// An answer without its body, which is read on.
  func head() throws -> Answer {
    let head = try take(upTo: Array("\r\n\r\n".utf8))
    var lines = head.split(separator: "\r\n").map(String.init)
    let words = lines.isEmpty ? [] : lines.removeFirst().split(separator: " ")
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
      throw CallError.malformed(head)
    }
    var answer = Answer(status: status)
    for line in lines {
      guard let colon = line.range(of: ": ") else { throw CallError.malformed(head) }
      answer.fields[line[..<colon.lowerBound].lowercased()] = String(line[colon.upperBound...])
    }
    return answer
  }

  /// The next piece of a body that is sent in pieces; nil behind the last.
  func chunk() throws -> String? {
    let line = try line()
    // The two bytes of a line end are one character.
    guard let length = Int(line.dropLast(), radix: 16) else { throw CallError.malformed(line) }
    let piece = try text(length + 2)
    return length == 0 ? nil : String(piece.dropLast())
  }

  /// A line, for protocols of lines.
  func line() throws -> String {
    try take(upTo: Array("\r\n".utf8))
  }

  private func take(upTo end: [UInt8]) throws -> String {
    while true {
      if received.count >= end.count {
        for start in 0...(received.count - end.count)
        where received[start..<(start + end.count)].elementsEqual(end) {
          return try text(start + end.count)
        }
      }
      try receive()
    }
  }

  private func text(_ count: Int) throws -> String {
    String(decoding: try take(count) as [UInt8], as: UTF8.self)
  }

  /// The next bytes, for frames of HTTP/2 too.
  func take(_ count: Int) throws -> [UInt8] {
    while received.count < count { try receive() }
    defer { received.removeFirst(count) }
    return Array(received[..<count])
  }

  private func receive() throws {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    var count: Int
    // A read with a limit is broken off where a process is stopped and goes on.
    repeat {
      count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw errno == EAGAIN ? CallError.silent : .closed }
    guard count > 0 else { throw CallError.closed }
    received += buffer[..<count]
  }
}
