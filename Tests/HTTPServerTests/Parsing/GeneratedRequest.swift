// Random valid requests: what they are and how they are written are drawn side by side, so what the parser
// reads can be held against what was meant.
import TestSupport

@testable import HTTPServer

struct GeneratedRequest {
  private(set) var expected: SeenRequest
  private(set) var bytes: [UInt8] = []

  init(using generator: inout SeededGenerator) {
    let method =
      ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "BREW"].randomElement(using: &generator) ?? "GET"
    let path = "/" + Self.text(Self.pathBytes, 0...30, &generator)
    expected = SeenRequest(method, path)
    expected.query = Self.text(Self.pathBytes + "?/", 0...20, &generator)
    let hasURL = Int.random(in: 0..<5, using: &generator) == 0
    expected.authority = hasURL ? "url.example:8080" : "h"
    let fields = Self.fields(&generator)
    expected.fields = fields.map { "\($0.name): \($0.value)" }

    write("\(method) \(hasURL ? "http://url.example:8080" : "")\(path)")
    if !expected.query.isEmpty || Bool.random(using: &generator) { write("?\(expected.query)") }
    write(" HTTP/1.1\r\n")
    for field in fields { write(field, &generator) }
    writeBody(&generator)
  }

  private static let pathBytes = "abcXYZ019-._~!$&'()*+,;=:@%/[]"
  private static let tokenBytes = "abcXYZ019!#$%&'*+-.^_`|~"

  private static func text(_ alphabet: String, _ counts: ClosedRange<Int>, _ generator: inout SeededGenerator)
    -> String
  {
    let bytes = Array(alphabet.utf8)
    let count = Int.random(in: counts, using: &generator)
    return String(
      decoding: (0..<count).map { _ in bytes.randomElement(using: &generator) ?? 0x61 }, as: UTF8.self)
  }

  /// Names begin with "x-", so none of them is a field the parser knows.
  private static func fields(_ generator: inout SeededGenerator) -> [(name: String, value: String)] {
    var fields = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
      let words = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        text(tokenBytes + "\"(),/:;<=>?@[\\]{}é", 1...12, &generator)
      }
      return (name: "x-" + text(tokenBytes, 0...10, &generator), value: words.joined(separator: " \t"))
    }
    fields.insert((name: "hOsT", value: "h"), at: Int.random(in: 0...fields.count, using: &generator))
    return fields
  }

  private mutating func write(_ text: String) {
    bytes += Array(text.utf8)
  }

  private mutating func write(_ field: (name: String, value: String), _ generator: inout SeededGenerator) {
    let blanks = ["", " ", "\t", "  \t "]
    let before = blanks.randomElement(using: &generator) ?? ""
    let after = blanks.randomElement(using: &generator) ?? ""
    write("\(field.name):\(before)\(field.value)\(after)\r\n")
  }

  private mutating func writeBody(_ generator: inout SeededGenerator) {
    let count = Int.random(in: 0...300, using: &generator)
    let body = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: write("\r\n")
    case 1:
      expected.framing = .length(count)
      expected.body = body
      expected.fields.append("Content-Length: \(count)")
      write("Content-Length: \(count)\r\n\r\n")
      bytes += body
    default:
      expected.framing = .chunked
      expected.body = body
      expected.fields.append("Transfer-Encoding: chunked")
      write("Transfer-Encoding: chunked\r\n\r\n")
      writeChunks(body, &generator)
    }
  }

  private mutating func writeChunks(_ body: [UInt8], _ generator: inout SeededGenerator) {
    var rest = body[...]
    while !rest.isEmpty {
      let chunk = rest.prefix(Int.random(in: 1...100, using: &generator))
      rest = rest.dropFirst(chunk.count)
      let size = String(chunk.count, radix: 16, uppercase: Bool.random(using: &generator))
      write(size + (["", ";a", ";a=b;c=\"d;\\\"\""].randomElement(using: &generator) ?? "") + "\r\n")
      bytes += chunk
      write("\r\n")
    }
    write(["0\r\n\r\n", "000\r\nA: b\r\nC:\r\n\r\n", "0;x\r\n\r\n"].randomElement(using: &generator) ?? "")
  }
}
