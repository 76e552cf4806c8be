// A whole HTTP answer, as far as a bench looks at one.

struct HTTPAnswer: Sendable, Equatable {
  let status: Int
  let contentType: String
  let body: [UInt8]

  /// Nil while the answer is not complete. Only answers with a Content-Length are understood: all the
  /// measured ones have it.
  init?(_ bytes: [UInt8]) {
    guard let headEnd = Self.endOfHead(bytes) else { return nil }
    let lines = String(decoding: bytes[..<headEnd], as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count >= 2, let status = Int(words[1]) else { return nil }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      fields[line[..<colon].lowercased()] = String(value)
    }
    guard let length = fields["content-length"].flatMap({ Int($0) }), bytes.count - headEnd >= length else {
      return nil
    }
    self.status = status
    contentType = fields["content-type"] ?? ""
    body = Array(bytes[headEnd..<(headEnd + length)])
  }

  private static func endOfHead(_ bytes: [UInt8]) -> Int? {
    let end: [UInt8] = [13, 10, 13, 10]
    guard bytes.count >= end.count else { return nil }
    return (0...(bytes.count - end.count)).first { bytes[$0..<($0 + 4)].elementsEqual(end) }.map { $0 + 4 }
  }
}
