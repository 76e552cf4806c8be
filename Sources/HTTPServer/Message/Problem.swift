// An error as a caller sees it (RFC 9457): what kind it is, by a stable code, and what was wrong this time.

package import JSON

package struct Problem: Error, Sendable {
  /// A further member of the problem object, such as the field that was wrong or the limit that was passed.
  package enum Member: Sendable {
    case text(StaticString, String)
    case texts(StaticString, [String])
    case integer(StaticString, Int64)
    case flag(StaticString, Bool)
  }

  /// Apart from the problem itself: whatever may be thrown has room in each frame that it may pass through,
  /// and nearly all of them see none.
  private struct Content: Sendable {
    let code: ProblemCode
    var detail: String
    var members: [Member]
    var fields: [ResponseField]
  }

  private final class Box: Sendable {
    let content: Content
    init(_ content: Content) { self.content = content }
  }

  private var box: Box

  package init(_ code: ProblemCode, _ detail: String, members: [Member] = [], fields: [ResponseField] = []) {
    box = Box(Content(code: code, detail: detail, members: members, fields: fields))
  }

  private var content: Content {
    get { box.content }
    set { box = Box(newValue) }
  }

  package var code: ProblemCode { content.code }

  package var detail: String {
    get { content.detail }
    set { content.detail = newValue }
  }

  package var members: [Member] {
    get { content.members }
    set { content.members = newValue }
  }

  /// Header fields that belong to the answer: Allow, Retry-After.
  package var fields: [ResponseField] {
    get { content.fields }
    set { content.fields = newValue }
  }

  package var status: HTTPStatus { code.status }

  package var response: HTTPResponse {
    HTTPResponse(
      status, contentType: "application/problem+json", fields: fields, body: .bytes(json))
  }

  /// The problem object.
  package var json: [UInt8] {
    var json = JSONWriter(reservingCapacity: 256)
    write(to: &json)
    return json.finish()
  }

  /// Writes the problem object, which may also stand inside another answer. The type is a reference relative
  /// to the service, so it stays true wherever the service runs.
  package func write(to json: inout JSONWriter) {
    json.object {
      $0.field("type", "/problems/\(code.name)")
      $0.field("title", code.title)
      $0.field("status", Int64(status.code))
      $0.field("code", code.name)
      $0.field("detail", detail)
      for member in members {
        switch member {
        case .text(let name, let value): $0.field(name, value)
        case .texts(let name, let values): $0.arrayField(name) { for text in values { $0.string(text) } }
        case .integer(let name, let value): $0.field(name, value)
        case .flag(let name, let value): $0.field(name, value)
        }
      }
    }
  }
}

extension Problem {
  /// What a handler found wrong with a parameter or a field.
  package init(_ error: RequestError) {
    self.init(.validationFailed, error.sentence)
  }

  /// What the parser refused.
  package init(_ failure: ParseFailure) {
    self.init(failure.problemCode, failure.sentence)
  }

  /// A path that exists, but not with this method.
  package static func methodNotAllowed(_ allowed: AllowedMethods) -> Problem {
    let list = allowed.description
    return Problem(
      .methodNotAllowed, "The methods of this path are \(list).", fields: [ResponseField("Allow", list)])
  }
}
