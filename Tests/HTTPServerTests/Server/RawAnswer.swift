// An answer as it came over the wire, read by a client of the tests' own, stricter than real ones.

import Foundation

struct RawAnswer: Equatable {
  var status = 0
  var version = ""
  /// Names in small letters, in the order sent.
  var fields: [String] = []
  var values: [String] = []
  var body: [UInt8] = []
  /// The sizes of the chunks the body came in.
  var chunks: [Int] = []

  var text: String { String(decoding: body, as: UTF8.self) }

  subscript(_ name: String) -> String? {
    fields.firstIndex(of: name).map { values[$0] }
  }

  /// The stable code of a problem; nil for any other answer.
  var problemCode: String? {
    guard self["content-type"] == "application/problem+json" else { return nil }
    guard let start = text.range(of: #""code":""#) else { return nil }
    return String(text[start.upperBound...].prefix { $0 != "\"" })
  }

  init(head: String) throws {
    var lines = head.split(separator: "\r\n", omittingEmptySubsequences: true).map(String.init)
    let words = lines.removeFirst().split(separator: " ", maxSplits: 2)
    guard words.count == 3, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
      throw ClientError.malformedAnswer(head)
    }
    self.status = status
    version = String(words[0])
    for line in lines {
      guard let colon = line.range(of: ": ") else { throw ClientError.malformedAnswer(head) }
      fields.append(line[..<colon.lowerBound].lowercased())
      values.append(String(line[colon.upperBound...]))
    }
  }
}
