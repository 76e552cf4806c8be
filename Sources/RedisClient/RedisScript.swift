// A Lua script travels once: afterwards it is called by the digest that the server gave it.

/// A script, known by its identity: one constant a script, shared by all workers.
package final class RedisScript: Sendable {
  /// For error messages.
  package let name: String
  package let source: [UInt8]

  package init(name: String, source: [UInt8]) {
    self.name = name
    self.source = source
  }
}
