// An answer of the reading routes, with its body read to the end.
import JSON

@testable import HTTPServer

struct Answered: Sendable {
  let status: Int
  let contentType: String?
  /// Whether the answer says that it was given before.
  let isReplay: Bool
  let bytes: [UInt8]
  private let json: JSONValue?

  init(_ response: HTTPResponse) async throws {
    status = Int(response.status.code)
    contentType = response.contentType.map { "\($0)" }
    isReplay = response.fields.contains { "\($0.name)" == "Idempotent-Replayed" }
    switch response.body {
    case .none: bytes = []
    case .bytes(let whole): bytes = whole
    case .stream(let stream):
      let sink = Sink()
      try await stream.produce(sink)
      bytes = sink.bytes
    }
    json = try? JSONValue(parsing: bytes)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Status and code, for answers that are problems.
  var problem: String { "\(status) \(self["code"] ?? "without a code")" }

  /// The value at the end of the path, `entries.0.userId`, as it is written: texts without their quotes.
  subscript(_ path: String) -> String? {
    var value = json
    for step in path.split(separator: ".").map(String.init) {
      switch value {
      case .object(let object): value = object[step]
      case .array(let values): value = Int(step).flatMap { values.indices.contains($0) ? values[$0] : nil }
      case _: return nil
      }
    }
    switch value {
    case .string(let text): return text
    case .number(let number): return number.text
    case .bool(let flag): return "\(flag)"
    case .null: return "null"
    case .object, .array, nil: return nil
    }
  }

  /// The same member of every element of a list.
  func all(_ list: String, _ member: String) -> [String?] {
    (0..<count(list)).map { self["\(list).\($0).\(member)"] }
  }

  func count(_ list: String) -> Int {
    guard case .object(let object) = json, case .array(let values)? = object[list] else { return 0 }
    return values.count
  }

  private final class Sink: ResponseWriter, @unchecked Sendable {
    var bytes: [UInt8] = []
    func write(_ more: [UInt8]) async throws(HTTPStreamError) { bytes += more }
  }
}
