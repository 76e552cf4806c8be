// Arguments in their wire form: one buffer whatever their number. A batch has a dozen for each of its
// accounts, and an array for each of those cost more than what is in them.

/// Arguments of a command, in order, encoded.
package struct RedisArguments: Sendable, ExpressibleByArrayLiteral {
  private var encoded: [UInt8] = []
  package private(set) var count = 0

  package init() {}

  package init(_ arguments: [[UInt8]]) {
    for argument in arguments { append(argument) }
  }

  package init(arrayLiteral arguments: [UInt8]...) {
    self.init(arguments)
  }

  package mutating func append(_ argument: [UInt8]) {
    encoded.appendBulk(argument)
    count += 1
  }

  package mutating func append(_ argument: String) {
    encoded.appendBulk(argument)
    count += 1
  }

  package mutating func append(_ argument: StaticString) {
    encoded.appendBulk(argument)
    count += 1
  }

  package mutating func append(_ number: Int64) {
    encoded.appendBulk(number)
    count += 1
  }

  /// Eight bytes, the most significant first, and the text behind them, as one argument.
  package mutating func append(bigEndian word: UInt64, _ text: String) {
    encoded.appendBulk(bigEndian: word, text)
    count += 1
  }

  package mutating func append(contentsOf others: RedisArguments) {
    encoded.append(contentsOf: others.encoded)
    count += others.count
  }

  func encode(into output: inout [UInt8]) {
    output.append(contentsOf: encoded)
  }
}
