// A command that is put together now and sent later, or together with others. It is kept in its wire form:
// one buffer whatever the number of arguments.

/// A command with its arguments, encoded.
package struct RedisCommand: Sendable {
  /// The name is the first of them.
  private var words = RedisArguments()
  private var firstKey: [UInt8]?

  package init(_ name: StaticString) {
    words.append(name)
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
    if firstKey == nil { firstKey = key }
  }

  package mutating func add(_ argument: [UInt8]) { words.append(argument) }
  package mutating func add(_ argument: StaticString) { words.append(argument) }
  package mutating func add(_ number: Int64) { words.append(number) }

  /// The key that decides which node of a cluster serves the command; all keys of a command must lie in one
  /// slot, so the first is enough. Routing would attach here: slot = CRC16(hash tag of this key) mod 16384.
  package var routingKey: [UInt8]? { firstKey }

  func encode(into output: inout [UInt8]) {
    output.appendCommandHeader(arguments: words.count)
    words.encode(into: &output)
  }
}
