// A call as bytes of HTTP/1.1, or as fields of HTTP/2. What is the same in every request is spelt once.

struct RequestEncoder: Sendable {
  private let prefix: [UInt8]
  private let fixedFields: [UInt8]
  private let address: ServiceAddress
  private let authorization: [UInt8]

  /// The key must be checked before: nothing here could tell it from further fields.
  init(address: ServiceAddress, key: String) {
    self.address = address
    authorization = Array("Bearer \(key)".utf8)
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
    bytes.append(contentsOf: call.method.name.utf8)
    bytes.append(UInt8(ascii: " "))
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

  func fields(of call: Call) -> HTTP2RequestFields {
    HTTP2RequestFields(call, address: address, authorization: authorization)
  }
}

extension Call.Method {
  /// As HTTP spells it.
  var name: String {
    switch self {
    case .get: "GET"
    case .post: "POST"
    case .put: "PUT"
    case .patch: "PATCH"
    case .delete: "DELETE"
    }
  }
}
