// The bytes that commands become.
import Testing

@testable import RedisClient

@Suite struct CommandEncodingTests {
  @Test func `a command is an array of bulk strings, whatever its bytes`() {
    var command = RedisCommand("SET", key: [0, 0x0D, 0x0A, 0xFF], [[]])
    command.add(-9_223_372_036_854_775_808)
    command.add("NX")
    var wire: [UInt8] = []
    command.encode(into: &wire)
    let expected =
      "*5\r\n$3\r\nSET\r\n$4\r\n".bytes + [0, 0x0D, 0x0A, 0xFF]
      + "\r\n$0\r\n\r\n$20\r\n-9223372036854775808\r\n$2\r\nNX\r\n".bytes
    #expect(wire == expected)
    #expect(command.routingKey == [0, 0x0D, 0x0A, 0xFF])
    #expect(RedisCommand("PING").routingKey == nil)
  }

  @Test(arguments: [0, 1, 9, 10, 99, 100, 101, 999, 1000, 12_345])
  func `lengths are written as their decimal digits, and so are numbers of arguments`(count: Int) {
    let text = String(repeating: "x", count: count)
    var wire: [UInt8] = []
    wire.appendBulk(text)
    #expect(String(decoding: wire, as: UTF8.self) == "$\(count)\r\n\(text)\r\n")
    wire = []
    wire.appendCommandHeader(arguments: count)
    #expect(String(decoding: wire, as: UTF8.self) == "*\(count)\r\n")
  }

  @Test func `arguments are joined in their order, and counted`() {
    var arguments: RedisArguments = [[1, 2], []]
    var others = RedisArguments()
    others.append("ü")
    others.append(-7)
    others.append(bigEndian: 0x0102_0304_0506_0708, "u")
    arguments.append(contentsOf: others)
    var wire: [UInt8] = []
    arguments.encode(into: &wire)
    #expect(arguments.count == 5)
    #expect(
      wire == "$2\r\n".bytes + [1, 2] + "\r\n$0\r\n\r\n$2\r\nü\r\n$2\r\n-7\r\n$9\r\n".bytes
        + [1, 2, 3, 4, 5, 6, 7, 8] + "u\r\n".bytes)
  }

  @Test(arguments: [0, 9, 10, 99, 100, 12_345, Int64.max, .min, -1, -10])
  func `numbers are written as their decimal digits`(number: Int64) {
    var wire: [UInt8] = []
    wire.appendBulk(number)
    #expect(String(decoding: wire, as: UTF8.self) == "$\("\(number)".utf8.count)\r\n\(number)\r\n")
  }
}
