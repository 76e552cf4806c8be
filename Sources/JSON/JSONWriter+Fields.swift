// Shorthands that make an encoding read like the object it writes.

extension JSONWriter {
  /// Writes an object around what `body` writes.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    openObject()
    body(&self)
    closeObject()
  }

  /// Writes an array around what `body` writes.
  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    openArray()
    body(&self)
    closeArray()
  }

  package mutating func field(_ name: StaticString, _ value: String) {
    key(name)
    string(value)
  }

  package mutating func field(_ name: StaticString, _ value: StaticString) {
    key(name)
    string(value)
  }

  package mutating func field(_ name: StaticString, _ value: Int64) {
    key(name)
    integer(value)
  }

  package mutating func field(_ name: StaticString, _ value: Int) {
    key(name)
    integer(Int64(value))
  }

  package mutating func field(_ name: StaticString, _ value: UInt64) {
    key(name)
    integer(value)
  }

  package mutating func field(_ name: StaticString, _ value: Bool) {
    key(name)
    bool(value)
  }

  package mutating func field(_ name: StaticString, _ value: Double, decimals: Int) {
    key(name)
    number(value, decimals: decimals)
  }

  /// A text, or null when there is none.
  package mutating func field(_ name: StaticString, orNull value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  /// A number, or null when there is none.
  package mutating func field(_ name: StaticString, orNull value: Int64?) {
    key(name)
    if let value { integer(value) } else { null() }
  }

  package mutating func objectField(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
    key(name)
    object(body)
  }

  package mutating func arrayField(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
    key(name)
    array(body)
  }
}
