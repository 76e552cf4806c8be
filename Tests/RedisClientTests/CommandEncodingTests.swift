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

  @Test(arguments: [0, 9, 10, 99, 100, 12_345, Int64.max, .min, -1, -10])
  func `numbers are written as their decimal digits`(number: Int64) {
    var wire: [UInt8] = []
    wire.appendBulk(number)
    #expect(String(decoding: wire, as: UTF8.self) == "$\("\(number)".utf8.count)\r\n\(number)\r\n")
  }
}
