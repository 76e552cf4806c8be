// Requests on a connection to a port of 127.0.0.1.

extension LoopbackConnection {
  /// Sends a GET that keeps the connection, and waits for the whole answer; nil when none came.
  func get(_ path: String, key: String? = nil) -> HTTPAnswer? {
    let authorization = key.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    let head = "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(authorization)\r\n"
    guard send(Array(head.utf8)) else { return nil }
    return receive()
  }

  /// Sends JSON and does not wait; whether it could be sent.
  func post(_ path: String, key: String, idempotencyKey: String, body: [UInt8]) -> Bool {
    let head = """
      POST \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(key)\r\n\
      Idempotency-Key: \(idempotencyKey)\r\nContent-Type: application/json\r\n\
      Content-Length: \(body.count)\r\n\r\n
      """
    return send(Array(head.utf8) + body)
  }
}
