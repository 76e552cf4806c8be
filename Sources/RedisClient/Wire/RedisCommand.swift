// A command that is put together now and sent later, or together with others. It is kept in its wire form:
// one buffer whatever the number of arguments.

/// A command with its arguments, encoded.
package struct RedisCommand: Sendable {
  private var encoded: [UInt8] = []
  private var count = 1
  /// Where the first key lies in `encoded`.
  private var firstKey: Range<Int>?

  package init(_ name: StaticString) {
    encoded.appendBulk(name)
  }

  package init(_ name: StaticString, key: [UInt8], _ arguments: [[UInt8]] = []) {
    self.init(name)
    add(key: key)
    for argument in arguments { add(argument) }
  }

  package init(_ name: StaticString, _ arguments: [[UInt8]]) {
    self.init(name)
    for argument in arguments { add(argument) }
  }

  /// Adds an argument that names a key, and remembers the first of them.
  package mutating func add(key: [UInt8]) {
    add(key)
    let end = encoded.count - 2
    if firstKey == nil { firstKey = end - key.count..<end }
  }

  package mutating func add(_ argument: [UInt8]) {
    encoded.appendBulk(argument)
    count += 1
  }

  package mutating func add(_ argument: StaticString) {
    encoded.appendBulk(argument)
    count += 1
  }

  package mutating func add(_ number: Int64) {
    encoded.appendBulk(number)
    count += 1
  }

  /// The key that decides which node of a cluster serves the command; all keys of a command must lie in one
  /// slot, so the first is enough. Routing would attach here: slot = CRC16(hash tag of this key) mod 16384.
  package var routingKey: [UInt8]? {
    firstKey.map { Array(encoded[$0]) }
  }

  func encode(into output: inout [UInt8]) {
    output.appendCommandHeader(arguments: count)
    output.append(contentsOf: encoded)
  }
}
