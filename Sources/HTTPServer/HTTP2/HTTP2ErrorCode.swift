// Why a stream or a connection ends, as RFC 9113 section 7 numbers it; only the reasons we give ourselves.

enum HTTP2ErrorCode: UInt32 {
  case none = 0
  case protocolError = 1
  case internalError = 2
  case refusedStream = 7
  case cancel = 8
  /// The peer's behaviour costs more than a client's may.
  case enhanceYourCalm = 11
}
