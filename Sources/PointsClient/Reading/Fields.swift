// The members of an answer's object, each asked for by name and held to its type. Members nobody asks for are
// passed over: a newer service may say more than this client knows.
import JSON

struct Fields {
  private let object: JSONObject

  init(_ value: JSONValue) throws(MalformedAnswer) {
    guard case .object(let object) = value else { throw MalformedAnswer("it is no object") }
    self.object = object
  }

  /// The members of an answer's body.
  init(parsing body: [UInt8]) throws(MalformedAnswer) {
    let value: JSONValue
    do throws(JSONError) {
      // A batch of postings has the most values: 500 with 2,000 transactions of two dozen members.
      value = try JSONValue(parsing: body, limits: JSONLimits(values: 1_000_000))
    } catch {
      throw MalformedAnswer("it is no JSON: \(error.phrase)")
    }
    try self.init(value)
  }

  private static func lacks(_ what: String, _ name: String) -> MalformedAnswer {
    MalformedAnswer("it lacks the \(what) \(name)")
  }

  /// The value of a member; null counts as absent.
  private func value(_ name: String) -> JSONValue? {
    guard let value = object[name] else { return nil }
    if case .null = value { return nil }
    return value
  }

  /// Reads a member that may be absent or null; one of a wrong type is malformed all the same.
  private func read<Result>(
    _ name: String, _ what: String, _ read: (JSONValue) -> Result?
  ) throws(MalformedAnswer) -> Result? {
    guard let value = value(name) else { return nil }
    guard let result = read(value) else { throw Self.lacks(what, name) }
    return result
  }

  private func require<Result>(
    _ name: String, _ what: String, _ read: (JSONValue) -> Result?
  ) throws(MalformedAnswer) -> Result {
    guard let result = try self.read(name, what, read) else { throw Self.lacks(what, name) }
    return result
  }

  // MARK: Texts, flags, instants

  func text(_ name: String) throws(MalformedAnswer) -> String {
    try require(name, "text", \.asText)
  }

  func textIfAny(_ name: String) throws(MalformedAnswer) -> String? {
    try read(name, "text", \.asText)
  }

  func texts(_ name: String) throws(MalformedAnswer) -> [String] {
    guard let texts = try textsIfAny(name) else { throw Self.lacks("list", name) }
    return texts
  }

  func textsIfAny(_ name: String) throws(MalformedAnswer) -> [String]? {
    guard let values = try read(name, "list", \.asArray) else { return nil }
    return try values.map { value throws(MalformedAnswer) in
      guard let text = value.asText else { throw Self.lacks("texts of the list", name) }
      return text
    }
  }

  func flag(_ name: String) throws(MalformedAnswer) -> Bool {
    try require(name, "flag", \.asFlag)
  }

  func timestamp(_ name: String) throws(MalformedAnswer) -> Timestamp {
    try require(name, "time", \.asTimestamp)
  }

  func timestampIfAny(_ name: String) throws(MalformedAnswer) -> Timestamp? {
    try read(name, "time", \.asTimestamp)
  }

  // MARK: Numbers

  func int64(_ name: String) throws(MalformedAnswer) -> Int64 {
    try require(name, "whole number", \.asInt64)
  }

  func int64IfAny(_ name: String) throws(MalformedAnswer) -> Int64? {
    try read(name, "whole number", \.asInt64)
  }

  func int(_ name: String) throws(MalformedAnswer) -> Int {
    Int(try int64(name))
  }

  func intIfAny(_ name: String) throws(MalformedAnswer) -> Int? {
    try int64IfAny(name).map { Int($0) }
  }

  /// A sum of many amounts, which need not fit into 64 bits.
  func int128(_ name: String) throws(MalformedAnswer) -> Int128 {
    try require(name, "whole number") { value in
      if case .number(let number) = value, number.isInteger { Int128(number.text) } else { nil }
    }
  }

  func number(_ name: String) throws(MalformedAnswer) -> Double {
    try require(name, "number") { value in
      if case .number(let number) = value { Double(number.text) } else { nil }
    }
  }

  // MARK: Values within values

  func fields(_ name: String) throws(MalformedAnswer) -> Fields {
    guard let value = value(name) else { throw Self.lacks("object", name) }
    return try Fields(value)
  }

  func fieldsIfAny(_ name: String) throws(MalformedAnswer) -> Fields? {
    guard let value = value(name) else { return nil }
    return try Fields(value)
  }

  func value<Value: AnswerValue>(_ name: String) throws(MalformedAnswer) -> Value {
    try Value(fields(name))
  }

  func list<Value: AnswerValue>(_ name: String) throws(MalformedAnswer) -> [Value] {
    guard let list: [Value] = try listIfAny(name) else { throw Self.lacks("list", name) }
    return list
  }

  func listIfAny<Value: AnswerValue>(_ name: String) throws(MalformedAnswer) -> [Value]? {
    guard let values = try read(name, "list", \.asArray) else { return nil }
    return try values.map { value throws(MalformedAnswer) in try Value(Fields(value)) }
  }

  /// A list whose objects are read by the caller.
  func objects(_ name: String) throws(MalformedAnswer) -> [Fields] {
    try require(name, "list", \.asArray).map { value throws(MalformedAnswer) in try Fields(value) }
  }

  /// A member of any kind; a member that is absent or null has none.
  func metadataIfAny(_ name: String) throws(MalformedAnswer) -> [String: MetadataValue]? {
    try read(name, "object") { value in
      if case .object(let object) = value { MetadataValue.members(of: object) } else { nil }
    }
  }

  /// All members but those named.
  func members(besides names: Set<String>) -> [String: MetadataValue] {
    MetadataValue.members(of: object).filter { !names.contains($0.key) }
  }
}

extension JSONValue {
  fileprivate var asText: String? {
    if case .string(let text) = self { text } else { nil }
  }

  fileprivate var asFlag: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  fileprivate var asTimestamp: Timestamp? { asText.flatMap { Timestamp($0) } }

  fileprivate var asInt64: Int64? {
    if case .number(let number) = self { number.int64 } else { nil }
  }

  fileprivate var asArray: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }
}
