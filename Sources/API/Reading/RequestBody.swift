// A JSON object that a caller sent, read strictly: a route asks for each field by its name and says what it
// must be, and at the end whatever it did not ask for is refused, for a misspelt option must not look like
// none. Every refusal names the field.
package import HTTPServer
import JSON

/// The body of a request, or an object inside it. Absent and null are the same to every `optional...`;
/// `has` and `isNull` tell them apart.
package struct RequestBody: Sendable {
  /// More fields than any route knows. It bounds what must be remembered of those that were asked for.
  private static let fieldsMax = 64
  private static let fieldBytesMax = 64

  private let object: JSONObject
  let place: FieldPlace
  /// A bit for each member that was asked for.
  private var asked: UInt64 = 0

  package init(_ exchange: HTTPExchange) throws(Problem) {
    try self.init(bytes: exchange.request.body)
  }

  package init(bytes: [UInt8]) throws(Problem) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      guard !bytes.isEmpty else { throw Problem(.validationFailed, "The body must be a JSON object.") }
      throw Problem(
        .validationFailed, "The body is not JSON as it is taken here: \(error.phrase).",
        members: Self.repeatedName(in: bytes, error).map { [.text("field", $0)] } ?? [])
    }
    guard case .object(let object) = value else {
      throw Problem(.validationFailed, "The body must be a JSON object.")
    }
    try self.init(object, at: .body)
  }

  init(_ object: JSONObject, at place: FieldPlace) throws(Problem) {
    guard object.members.count <= Self.fieldsMax else {
      let name = object.members[Self.fieldsMax].name
      throw .field(place.text(of: name), "is one too many: at most \(Self.fieldsMax) are taken")
    }
    self.object = object
    self.place = place
  }

  /// Whether the field was sent at all, be it null.
  package func has(_ name: String) -> Bool { object.index(of: name) != nil }

  /// Whether the field was sent as null.
  package func isNull(_ name: String) -> Bool {
    if case .null? = object[name] { return true }
    return false
  }

  /// The value of a field, unless it is absent or null; from now on it counts as known.
  mutating func value(_ name: String) -> JSONValue? {
    guard let index = object.index(of: name) else { return nil }
    asked |= 1 << UInt64(index)
    if case .null = object.members[index].value { return nil }
    return object.members[index].value
  }

  /// To be called when every field was asked for: refuses what is left.
  package func finish() throws(Problem) {
    for index in object.members.indices where asked & 1 << UInt64(index) == 0 {
      throw .field(place.text(of: object.members[index].name), "is not known here")
    }
  }

  func problem(_ name: String, _ words: String, code: ProblemCode = .validationFailed) -> Problem {
    .field(place.text(of: name), words, code: code)
  }

  /// The name that an object has twice, if that is the error. Longer ones than any field has are not looked
  /// for.
  private static func repeatedName(in bytes: [UInt8], _ error: JSONError) -> String? {
    guard error.reason == .repeatedName, bytes.indices.contains(error.offset) else { return nil }
    let rest = bytes[error.offset...].prefix(fieldBytesMax)
    for end in rest.indices.dropFirst() where rest[end] == UInt8(ascii: "\"") {
      if case .string(let name)? = try? JSONValue(parsing: Array(rest[...end])) { return name }
    }
    return nil
  }

  /// What a field must be, that has to be there.
  func required<Value>(_ name: String, _ value: Value?) throws(Problem) -> Value {
    guard let value else {
      throw problem(name, isNull(name) ? "is required and must not be null" : "is required")
    }
    return value
  }
}
