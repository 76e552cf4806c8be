// A call as bytes of HTTP/1.1. What is the same in every request is spelt once.

struct RequestEncoder: Sendable {
  private let prefix: [UInt8]
  private let fixedFields: [UInt8]

  /// The key must be checked before: nothing here could tell it from further fields.
  init(address: ServiceAddress, key: String) {
    prefix = Array(address.prefix.utf8)
    fixedFields = Array(
      """
       HTTP/1.1\r
      Host: \(address.authority)\r
      Authorization: Bearer \(key)\r
      Accept: application/json\r
      User-Agent: points-client-swift\r\n
      """.utf8)
  }

  /// Appends the whole request.
  func encode(_ call: Call, into bytes: inout [UInt8]) {
    bytes.append(contentsOf: call.method.spelling.utf8)
    bytes.append(contentsOf: prefix)
    bytes.append(contentsOf: call.target)
    bytes.append(contentsOf: fixedFields)
    if let key = call.key {
      bytes.append(contentsOf: "Idempotency-Key: ".utf8)
      bytes.append(contentsOf: key.text.utf8)
      bytes.append(contentsOf: "\r\n".utf8)
    }
    if let body = call.body {
      bytes.append(contentsOf: "Content-Type: application/json\r\nContent-Length: ".utf8)
      bytes.append(contentsOf: String(body.count).utf8)
      bytes.append(contentsOf: "\r\n\r\n".utf8)
      bytes.append(contentsOf: body)
    } else {
      bytes.append(contentsOf: "\r\n".utf8)
    }
  }
}

extension Call.Method {
  /// With the blank behind it.
  fileprivate var spelling: String {
    switch self {
    case .get: "GET "
    case .post: "POST "
    case .put: "PUT "
    case .patch: "PATCH "
    case .delete: "DELETE "
    }
  }
}
