// What callers attach to a transaction, and what the service attaches to a refusal: any JSON. Whole numbers
// of 64 bits stay whole; a double would round them from 2^53 on.
import JSON

/// A value of JSON.
public enum MetadataValue: Sendable, Equatable {
  /// Nothing.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number of 64 bits.
  case integer(Int64)
  /// With a fraction or an exponent, or beyond 64 bits. Infinities are written as null.
  case number(Double)
  /// A text.
  case text(String)
  /// Values in order.
  case list([MetadataValue])
  /// Values by name.
  case object([String: MetadataValue])
}

extension MetadataValue {
  /// The whole number, if it is one.
  public var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The text, if it is one.
  public var text: String? {
    if case .text(let value) = self { value } else { nil }
  }

  /// The member of this name, if this is an object that has it.
  public subscript(name: String) -> MetadataValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }
}

extension MetadataValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// A text written down.
  public init(stringLiteral value: String) { self = .text(value) }

  /// A whole number written down.
  public init(integerLiteral value: Int64) { self = .integer(value) }

  /// A number written down.
  public init(floatLiteral value: Double) { self = .number(value) }

  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  /// Null.
  public init(nilLiteral: ()) { self = .null }

  /// A list written down.
  public init(arrayLiteral elements: MetadataValue...) { self = .list(elements) }

  /// An object written down; of a name that stands there twice the last value counts.
  public init(dictionaryLiteral elements: (String, MetadataValue)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}

extension MetadataValue {
  init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .number(let number):
      self = number.int64.map { .integer($0) } ?? .number(Double(number.text) ?? .nan)
    case .string(let text): self = .text(text)
    case .array(let values): self = .list(values.map { MetadataValue($0) })
    case .object(let object): self = .object(Self.members(of: object))
    }
  }

  static func members(of object: JSONObject) -> [String: MetadataValue] {
    Dictionary(object.members.map { ($0.name, MetadataValue($0.value)) }) { first, _ in first }
  }

  /// Members are written in the order of their names, so that one value has one spelling: a repeat under the
  /// same key must have the same body.
  func write(to json: inout JSONWriter) {
    switch self {
    case .null: json.null()
    case .bool(let value): json.bool(value)
    case .integer(let value): json.integer(value)
    case .number(let value) where value.isFinite: json.raw(value.description.utf8.span)
    case .number: json.null()
    case .text(let value): json.string(value)
    case .list(let values):
      json.openArray()
      for value in values { value.write(to: &json) }
      json.closeArray()
    case .object(let members): Self.write(members, to: &json)
    }
  }

  static func write(_ members: [String: MetadataValue], to json: inout JSONWriter) {
    json.openObject()
    for (name, value) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      json.key(escaping: name)
      value.write(to: &json)
    }
    json.closeObject()
  }
}
