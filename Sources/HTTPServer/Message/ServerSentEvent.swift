// Server-sent events: a body of lines that goes on as long as the client listens (`text/event-stream`).

/// One event; its data has no line break, as JSON of ours never has.
package struct ServerSentEvent: Sendable {
  package let bytes: [UInt8]

  package static var contentType: StaticString { "text/event-stream" }
  /// Says nothing, but a connection that is gone shows by it.
  package static let heartbeat = Array(":\n\n".utf8)

  package init(_ name: StaticString, id: String? = nil, data: [UInt8]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.count + 64)
    if let id { bytes.append(contentsOf: "id: \(id)\n".utf8) }
    bytes.append(contentsOf: "event: \(name)\ndata: ".utf8)
    bytes.append(contentsOf: data)
    bytes.append(contentsOf: "\n\n".utf8)
    self.bytes = bytes
  }

  /// How long a client waits before it comes back after its connection has ended.
  package static func reconnecting(after pause: Duration) -> [UInt8] {
    Array("retry: \(pause.components.seconds * 1000)\n\n".utf8)
  }
}
