// The name a caller gives to a request, so that it is done once however often it is sent.
import HTTPServer

struct IdempotencyKey: Hashable {
  static let field = "Idempotency-Key"
  private static let longest = 255

  let bytes: [UInt8]

  /// Nil unless it is 1 to 255 printable characters of ASCII.
  private init?(_ text: String) {
    bytes = Array(text.utf8)
    guard (1...Self.longest).contains(bytes.count), bytes.allSatisfy({ 0x20...0x7E ~= $0 }) else {
      return nil
    }
  }

  /// The key in the header, if there is one. Sent twice, either could be meant, so that is refused.
  static func sent(in headers: HeaderFields) throws(Problem) -> IdempotencyKey? {
    guard headers.contains("idempotency-key") else { return nil }
    do throws(RequestError) {
      if let key = try headers.only("idempotency-key").flatMap(IdempotencyKey.init) { return key }
    } catch .fieldRepeated {
      throw refusal("must be sent once at most")
    } catch {
      // What is no text is no key either.
    }
    throw refusal("must be \(rule)")
  }

  /// The key in a body that holds many requests.
  static func sent(in body: inout RequestBody) throws(Problem) -> IdempotencyKey {
    let text = try body.required("idempotencyKey", body.text("idempotencyKey"))
    guard let key = IdempotencyKey(text) else { throw body.problem("idempotencyKey", "must be \(rule)") }
    return key
  }

  static func refusal(_ words: String) -> Problem {
    Problem(
      .validationFailed, "The header field \"\(field)\" \(words).", members: [.text("field", field)])
  }

  private static var rule: String { "1 to \(longest) printable characters of ASCII" }
}
