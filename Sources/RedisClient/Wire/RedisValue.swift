// What a Redis server answers, byte for byte: values of Redis are bytes and never text by assumption.

/// One reply of a server, as RESP2 knows them.
package enum RedisValue: Sendable, Equatable {
  case integer(Int64)
  case bulk([UInt8])
  /// A short fixed answer such as `OK`.
  case status(String)
  /// There is no such value; inside an array as well as alone.
  case null
  case array([RedisValue])
  case error(RedisServerError)
}
