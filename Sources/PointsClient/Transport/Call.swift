// One call to the service, before it is known how it travels: nothing here knows of HTTP/1.1, so that another
// transport can carry the same call.

struct Call: Sendable {
  enum Method: Sendable {
    case get, post, put, patch, delete
  }

  let method: Method
  /// The path and the query, escaped.
  let target: [UInt8]
  var body: [UInt8]?
  var key: IdempotencyKey?
  /// Whether sending it twice does no more than sending it once: it reads, it carries an idempotency key, or
  /// it says what shall be and not what shall change. Only such a call is ever sent again.
  let isRepeatable: Bool
  /// Whether it may change something, so that a lost answer leaves its outcome open.
  let isWrite: Bool

  static func read(_ target: Target) -> Call {
    Call(method: .get, target: target.bytes, isRepeatable: true, isWrite: false)
  }

  /// A reading whose question is too long for a query.
  static func read(_ target: Target, asking body: [UInt8]) -> Call {
    Call(method: .post, target: target.bytes, body: body, isRepeatable: true, isWrite: false)
  }

  /// A write that the service carries out once for each key; without one it is never sent twice.
  static func write(_ target: Target, _ body: [UInt8], key: IdempotencyKey?) -> Call {
    Call(
      method: .post, target: target.bytes, body: body, key: key, isRepeatable: key != nil, isWrite: true)
  }
}
