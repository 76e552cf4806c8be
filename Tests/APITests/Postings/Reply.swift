// An answer, taken apart by names.
import HTTPServer
import JSON
import Testing

struct Reply: Sendable {
  let status: Int
  let body: JSONValue
  private let fields: [String: String]

  init(_ response: HTTPResponse) throws {
    guard case .bytes(let bytes) = response.body else { throw Unanswered.noBody }
    status = Int(response.status.code)
    body = try JSONValue(parsing: bytes)
    fields = Dictionary(uniqueKeysWithValues: response.fields.map { ("\($0.name)", $0.value) })
  }

  func field(_ name: String) -> String? { fields[name] }

  var isReplay: Bool { fields["Idempotent-Replayed"] == "true" }

  /// Walks down members and places: `reply["posting", "transactions", "0", "id"]`.
  subscript(_ path: String...) -> JSONValue? { body.value(at: path) }

  func text(_ path: String...) -> String? { body.value(at: path)?.text }

  func number(_ path: String...) -> Int64? { body.value(at: path)?.number }

  func flag(_ path: String...) -> Bool? {
    if case .bool(let flag)? = body.value(at: path) { flag } else { nil }
  }

  func isNull(_ path: String...) -> Bool {
    if case .null? = body.value(at: path) { true } else { false }
  }

  func count(_ path: String...) -> Int {
    if case .array(let values)? = body.value(at: path) { values.count } else { 0 }
  }

  /// Status and code, for answers that are problems.
  var problem: String { "\(status) \(text("code") ?? "without a code")" }
}

extension JSONValue {
  func value(at path: [String]) -> JSONValue? {
    var value: JSONValue? = self
    for step in path {
      switch value {
      case .object(let object): value = object[step]
      case .array(let values): value = Int(step).flatMap { values.indices.contains($0) ? values[$0] : nil }
      case _: return nil
      }
    }
    return value
  }

  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var number: Int64? {
    if case .number(let number) = self { number.int64 } else { nil }
  }

  /// The names of an object's members, in order.
  var names: [String] {
    if case .object(let object) = self { object.members.map(\.name) } else { [] }
  }
}
