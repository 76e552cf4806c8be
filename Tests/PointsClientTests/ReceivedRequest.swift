// A request as the scripted server saw it.
import Foundation

struct ReceivedRequest: Sendable {
  let method: String
  let target: String
  /// By small names.
  let fields: [String: String]
  let body: String
  /// Zero in HTTP/1.1.
  let stream: UInt32

  /// Takes one whole request from the front of the bytes, if there is one.
  init?(takenFrom bytes: inout [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let headEnd = text.range(of: "\r\n\r\n") else { return nil }
    let lines = text[..<headEnd.lowerBound].components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      fields[line[..<colon].lowercased()] = line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
    }
    let start = text[..<headEnd.upperBound].utf8.count
    let length = fields["content-length"].flatMap { Int($0) } ?? 0
    guard bytes.count >= start + length, words.count == 3 else { return nil }
    method = String(words[0])
    target = String(words[1])
    self.fields = fields
    body = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
    stream = 0
    bytes.removeFirst(start + length)
  }

  init(stream: UInt32, fields: [String: String], body: [UInt8]) {
    self.stream = stream
    self.body = String(decoding: body, as: UTF8.self)
    method = fields[":method"] ?? ""
    target = fields[":path"] ?? ""
    self.fields = fields.merging(["host": fields[":authority"] ?? ""]) { $1 }
  }

  var key: String? { fields["idempotency-key"] }
}
