// The head of an answer: its status line and fields, strictly. A client is as easily misled as a server by a
// length that two readers understand differently, so every odd shape is refused and the connection closed.

struct AnswerHead: Equatable {
  enum Framing: Equatable {
    case none
    case length(Int)
    case chunked
  }

  /// The answer as far as its head tells it.
  private(set) var answer = Answer(status: 0)
  private(set) var keepsAlive = true
  private var length: Int?
  private var isChunked = false

  /// Reads the lines of a head up to and including the empty one.
  init(parsing bytes: [UInt8]) throws(MalformedAnswer) {
    var position = 0
    try readStatusLine(Self.line(of: bytes, &position))
    while true {
      let line = try Self.line(of: bytes, &position)
      if line.isEmpty { break }
      try readField(line)
    }
    if length != nil, isChunked { throw MalformedAnswer("it has a length and is chunked too") }
  }

  /// How the body's end is found. A body that only ends with its connection cannot be told from one that was
  /// cut off, and the service never sends one.
  func framing() throws(MalformedAnswer) -> Framing {
    if answer.status < 200 || answer.status == 204 || answer.status == 304 { return .none }
    if isChunked { return .chunked }
    guard let length else { throw MalformedAnswer("it does not say how long it is") }
    return .length(length)
  }

  /// The next line without its end. Only CR LF ends a line, and no other control byte but the tab may occur.
  private static func line(
    of bytes: [UInt8], _ position: inout Int
  ) throws(MalformedAnswer) -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x0D {
        let end = position
        guard end + 1 < bytes.count, bytes[end + 1] == 0x0A else {
          throw MalformedAnswer("its head has a bare carriage return")
        }
        position += 2
        return bytes[start..<end]
      }
      guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
        throw MalformedAnswer("its head has a control character")
      }
      position += 1
    }
    throw MalformedAnswer("its head does not end")
  }

  /// `HTTP/1.1 200 OK`; the words behind the number mean nothing and may be missing.
  private mutating func readStatusLine(_ line: ArraySlice<UInt8>) throws(MalformedAnswer) {
    guard line.starts(with: "HTTP/1.1 ".utf8), let status = line.dropFirst(9).prefix(3).decimal,
      (100...599).contains(status), line.count == 12 || line.dropFirst(12).first == 0x20
    else { throw MalformedAnswer("it does not begin like an answer of HTTP/1.1") }
    answer.status = status
  }

  private mutating func readField(_ line: ArraySlice<UInt8>) throws(MalformedAnswer) {
    let name = line.prefix(while: \.isToken)
    let rest = line[name.endIndex...]
    guard !name.isEmpty, rest.first == 0x3A else {
      throw MalformedAnswer("a field of its head has no name")
    }
    let value = rest.dropFirst().withoutBlanksAround
    if name.isNamed("content-length") {
      guard length == nil, let number = value.decimal else {
        throw MalformedAnswer("its length is no number, or stands there twice")
      }
      length = number
    } else if name.isNamed("transfer-encoding") {
      guard !isChunked, value.isNamed("chunked") else {
        throw MalformedAnswer("its transfer coding is not plain chunked")
      }
      isChunked = true
    } else if name.isNamed("connection") {
      if value.hasListItem("close") { keepsAlive = false }
    } else {
      answer.note(name, value)
    }
  }
}
