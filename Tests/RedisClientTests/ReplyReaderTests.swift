// Replies as bytes: every kind, cut everywhere; what is not of the protocol; and what would be too much.
import TestSupport
import Testing

@testable import RedisClient

@Suite struct ReplyReaderTests {
  private static let wire =
    "+OK\r\n-WRONGTYPE not that\r\n:-9223372036854775808\r\n$0\r\n\r\n$-1\r\n*-1\r\n*0\r\n$5\r\na\r\n\0b\r\n"
    + "*3\r\n$1\r\nx\r\n*2\r\n:1\r\n-ERR inner\r\n$-1\r\n+PONG\r\n"

  private static let values: [RedisValue] = [
    .status("OK"), .error(RedisServerError(text: "WRONGTYPE not that")), .integer(.min), .bulk([]), .null,
    .null,
    .array([]), .bulk("a\r\n\0b".bytes),
    .array([
      .bulk("x".bytes), .array([.integer(1), .error(RedisServerError(text: "ERR inner"))]), .null,
    ]),
    .status("PONG"),
  ]

  @Test func `every kind of reply is read, however the bytes are cut`() throws {
    let wire = Self.wire.bytes
    for cut in 0...wire.count {
      let read = Self.read([Array(wire[..<cut]), Array(wire[cut...])])
      #expect(read.values == Self.values, "cut at \(cut)")
      #expect(read.error == nil)
    }
    #expect(Self.read(wire.map { [$0] }).values == Self.values)
  }

  @Test(arguments: 0..<50)
  func `random replies survive random cuts`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let values = (0..<20).map { _ in Self.randomValue(depth: 4, using: &random) }
    var wire: [UInt8] = []
    for value in values { Self.write(value, to: &wire) }
    var pieces: [[UInt8]] = []
    while !wire.isEmpty {
      let count = Int.random(
        in: 1...min(wire.count, Int.random(in: 1...3000, using: &random)), using: &random)
      pieces.append(Array(wire[..<count]))
      wire.removeFirst(count)
    }
    let read = Self.read(pieces)
    #expect(read.error == nil, "seed \(seed)")
    #expect(read.values == values, "seed \(seed)")
  }

  @Test(arguments: [
    "HTTP/1.1 400 Bad Request\r\n", ":12x\r\n", ":\r\n", "$abc\r\n", "$-2\r\n", "*-2\r\n", "*99999999999\r\n",
    "$3\r\nabcXY", "$3\r\nabc\rX", "%1\r\n+a\r\n+b\r\n", "\r\n", "*1\r\n!oops\r\n",
  ])
  func `bytes of another protocol are refused, now and ever after`(wire: String) throws {
    var reader = ReplyReader(limits: ReplyLimits())
    let first = Self.error { () throws(RedisError) in
      unsafe try reader.feed(wire.bytes.span.bytes)
      while try reader.next() != nil {}
    }
    guard case .protocolViolation = first else {
      Issue.record("\(wire.debugDescription) gave \(String(describing: first))")
      return
    }
    let second = Self.error { () throws(RedisError) in unsafe try reader.feed("+OK\r\n".bytes.span.bytes) }
    #expect(second == first)
  }

  @Test func `what is too much is refused before it is collected`() {
    var limits = ReplyLimits()
    limits.bytesMax = 100_000
    limits.elementsMax = 1000
    let cases: [(String, String)] = [
      ("elements claimed", "*1001\r\n"),
      ("elements claimed within", "*900\r\n*900\r\n"),
      ("elements of arrays together", String(repeating: "*200\r\n", count: 6)),
      ("a bulk string", "$900000\r\n" + String(repeating: "x", count: 200_000)),
      (
        "bulk strings together",
        "*9\r\n" + String(repeating: "$30000\r\n\(String(repeating: "y", count: 30_000))\r\n", count: 4)
      ),
      ("depth", String(repeating: "*1\r\n", count: 8)),
    ]
    for (name, wire) in cases {
      let error = Self.read([wire.bytes], limits: limits).error
      guard case .replyTooLarge = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
    }
  }

  @Test func `a line without an end is refused before it is long`() {
    for type in ["+", "-", ":", "$", "*"] {
      let piece = [UInt8](repeating: 0x31, count: 1000)
      let read = Self.read([type.bytes] + Array(repeating: piece, count: 70))
      guard case .protocolViolation = read.error else {
        Issue.record("\(type): \(String(describing: read.error))")
        continue
      }
    }
  }

  @Test func `a bulk string of megabytes passes whole`() {
    let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) }
    let wire = "$\(content.count)\r\n".bytes + content + "\r\n:1\r\n".bytes
    let pieces = stride(from: 0, to: wire.count, by: 65_536).map {
      Array(wire[$0..<min($0 + 65_536, wire.count)])
    }
    let read = Self.read(pieces)
    #expect(read.values == [.bulk(content), .integer(1)])
  }

  @Test func `a redirection names the slot and the node`() {
    let moved = RedisServerError(text: "MOVED 3999 127.0.0.1:6381").redirection
    #expect(moved == RedisRedirection(slot: 3999, host: "127.0.0.1", port: 6381, isOnce: false))
    let ask = RedisServerError(text: "ASK 1 ::1:7000").redirection
    #expect(ask == RedisRedirection(slot: 1, host: "::1", port: 7000, isOnce: true))
    for text in ["MOVED", "MOVED 99999 a:1", "MOVED 1 a", "ERR 1 a:1"] {
      #expect(RedisServerError(text: text).redirection == nil)
    }
  }

  // MARK: Reading and writing

  private static func read(
    _ pieces: [[UInt8]], limits: ReplyLimits = ReplyLimits()
  ) -> (values: [RedisValue], error: RedisError?) {
    var reader = ReplyReader(limits: limits)
    var values: [RedisValue] = []
    let error = error { () throws(RedisError) in
      for piece in pieces {
        var rest = piece[...]
        while !rest.isEmpty {
          unsafe try reader.feed(Array(rest.prefix(ReplyReader.sliceBytes)).span.bytes)
          rest = rest.dropFirst(ReplyReader.sliceBytes)
          while let value = try reader.next() { values.append(value) }
        }
      }
    }
    return (values, error)
  }

  private static func error(_ body: () throws(RedisError) -> Void) -> RedisError? {
    do throws(RedisError) {
      try body()
      return nil
    } catch {
      return error
    }
  }

  private static func randomValue(depth: Int, using random: inout SeededGenerator) -> RedisValue {
    switch Int.random(in: 0..<(depth > 0 ? 6 : 5), using: &random) {
    case 0: return .integer(Int64.random(in: .min ... .max, using: &random))
    case 1:
      let count = Int.random(in: 0..<(Int.random(in: 0..<4, using: &random) == 0 ? 9000 : 20), using: &random)
      return .bulk((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    case 2: return .status("S\(Int.random(in: 0..<1000, using: &random))")
    case 3: return .error(RedisServerError(text: "ERR \(Int.random(in: 0..<1000, using: &random))"))
    case 4: return .null
    default:
      let count = Int.random(in: 0..<8, using: &random)
      return .array((0..<count).map { _ in randomValue(depth: depth - 1, using: &random) })
    }
  }

  private static func write(_ value: RedisValue, to wire: inout [UInt8]) {
    switch value {
    case .integer(let number): wire += ":\(number)\r\n".bytes
    case .bulk(let bytes): wire += "$\(bytes.count)\r\n".bytes + bytes + "\r\n".bytes
    case .status(let text): wire += "+\(text)\r\n".bytes
    case .error(let error): wire += "-\(error.text)\r\n".bytes
    case .null: wire += "$-1\r\n".bytes
    case .array(let values):
      wire += "*\(values.count)\r\n".bytes
      for value in values { write(value, to: &wire) }
    }
  }
}
