// A reply is built in memory before anyone can refuse it, so its size has a bound of its own.

/// How large one reply may become. A larger one ends the connection: what follows it could not be told apart.
package struct ReplyLimits: Sendable {
  /// All bytes of a reply, with `bytesPerElement` added for every value in it.
  package var bytesMax = 64 * 1024 * 1024
  package var elementsMax = 1_048_576

  package init() {}

  static var bytesPerElement: Int { 32 }
  /// Arrays within arrays; hiredis knows no deeper ones.
  static var depthMax: Int { 7 }
  /// A status, an error, an integer or a length: longer lines are not of this protocol. hiredis scans a line
  /// from its start each time bytes arrive, so without a bound an endless one would cost quadratic time.
  static var lineBytesMax: Int { 64 * 1024 }
  /// How much memory an idle reader keeps.
  static var keptBytes: Int { 16 * 1024 }
}
