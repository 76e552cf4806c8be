// A script call as a value, so that many can be gathered and sent at once.

/// One call of a script, for several calls that leave together.
package struct RedisScriptCall: Sendable {
  package var script: RedisScript
  package var keys: [[UInt8]]
  package var arguments: RedisArguments

  package init(_ script: RedisScript, keys: [[UInt8]], arguments: RedisArguments = []) {
    self.script = script
    self.keys = keys
    self.arguments = arguments
  }

  func encode(digest: [UInt8], into output: inout [UInt8]) {
    output.appendCommandHeader(arguments: 3 + keys.count + arguments.count)
    output.appendBulk("EVALSHA")
    output.appendBulk(digest)
    output.appendBulk(Int64(keys.count))
    for key in keys { output.appendBulk(key) }
    arguments.encode(into: &output)
  }
}
