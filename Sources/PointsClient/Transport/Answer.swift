// What the service answered, still in bytes: the caller's own task makes values of it, so that one large
// answer does not keep the loop from the others.

struct Answer: Sendable, Equatable {
  var status: Int
  /// The service repeats an answer that it gave before.
  var isReplayed = false
  /// How long the service asks to be left alone.
  var retryAfter: Duration?
  var requestID: String?
  var body: [UInt8] = []
}

extension Answer {
  /// Takes over a field if it says something that callers are told.
  mutating func note(_ name: some Collection<UInt8>, _ value: some Collection<UInt8>) {
    if name.isNamed("retry-after") {
      // A date instead of seconds is left alone: no clock of ours need agree with the service's.
      retryAfter = value.decimal.map { .seconds(min($0, 86_400)) }
    } else if name.isNamed("x-request-id") {
      requestID = String(decoding: value, as: UTF8.self)
    } else if name.isNamed("idempotent-replayed") {
      isReplayed = value.isNamed("true")
    }
  }
}
