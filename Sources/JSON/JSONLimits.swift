// How much one text may ask of us. A caller chooses the bytes; these bounds keep what the bytes are made into
// within a small multiple of them, and the parser's recursion within a small stack.

package struct JSONLimits: Sendable {
  /// How many objects and arrays may stand inside one another, the outermost included.
  package var depth: Int
  /// How many values there may be in all; objects and arrays count, names do not.
  package var values: Int

  package init(depth: Int = 32, values: Int = 100_000) {
    self.depth = depth
    self.values = values
  }

  /// The longest spelling of a number. Longer ones are no numbers that anybody counts with, and every reader
  /// further down (Postgres among them) would have to carry them.
  static let numberBytes = 64
  /// Beyond this magnitude an exponent makes nothing that a double or an amount could hold.
  static let exponent = 400
}
