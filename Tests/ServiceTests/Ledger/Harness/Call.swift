// A request as a caller of the ledger writes it.
import Foundation

struct Call: Sendable {
  var method = "GET"
  var target: String
  var key: String?
  var idempotencyKey: String?
  var contentType: String? = "application/json"
  var body: String?

  static func get(_ target: String, as key: String?) -> Call {
    Call(target: target, key: key)
  }

  static func post(_ target: String, _ body: String?, as key: String?, once name: String? = nil) -> Call {
    Call(method: "POST", target: target, key: key, idempotencyKey: name, body: body)
  }

  var bytes: String {
    var lines = ["\(method) \(target) HTTP/1.1", "Host: h"]
    if let key { lines.append("Authorization: Bearer \(key)") }
    if let idempotencyKey { lines.append("Idempotency-Key: \(idempotencyKey)") }
    if let body {
      if let contentType { lines.append("Content-Type: \(contentType)") }
      lines.append("Content-Length: \(body.utf8.count)")
    } else if method == "POST" || method == "PUT" || method == "PATCH" {
      lines.append("Content-Length: 0")
    }
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
  }
}

extension Caller {
  func ask(_ call: Call) throws -> Answer {
    try send(call.bytes)
    return try answer()
  }
}

extension Answer {
  /// The body, or null where it is no JSON.
  var json: JSONText { (try? JSONText(body)) ?? .null }

  var isReplay: Bool { fields["idempotent-replayed"] == "true" }

  /// What a problem is branched on.
  var code: String? { json["code"].text }

  /// Without what may differ between an answer and its repetition: whether Redis had it in time.
  var lasting: String {
    body.replacingOccurrences(of: #","projected":(true|false)"#, with: "", options: .regularExpression)
  }
}

extension String {
  /// As a string of JSON.
  var quoted: String {
    let escaped = unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.value < 0x20: "\\u" + String(format: "%04x", scalar.value)
      case _: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }

  /// As a part of a path or a query.
  var percentEncoded: String {
    utf8.map { byte in
      let isPlain =
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
      return isPlain ? String(decoding: [byte], as: UTF8.self) : "%" + String(format: "%02X", byte)
    }.joined()
  }
}
