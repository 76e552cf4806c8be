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
