/// What the parser tells its connection.
package enum RequestEvent: Sendable {
  /// All bytes given were taken; the request is not complete.
  case needMore
  /// The head is complete: the connection may route it, set a limit for the body, refuse it or send "100
  /// Continue". The next event of this request comes when `consume` is called again, even if it has no body.
  case head(HTTPRequest)
  /// The request is complete, with its body. Bytes behind it belong to the next request and were left alone.
  case complete([UInt8])
  /// The bytes are refused. The parser stays in this state: the connection answers and closes.
  case failed(ParseFailure)
}
