// One request and its answer among the many of a connection.
import EventLoop

/// Used on its connection's loop only. It is in its connection's list until the stream has closed.
final class HTTP2Stream {
  enum Phase {
    /// The fields of the request are arriving; the connection waits for nothing else meanwhile.
    case head
    /// The request was routed; its body is arriving. Ends by time-out with 408.
    case body
    /// The handler runs and nothing of its answer was given. Ends by time-out with 503.
    case answering
    /// The answer was given, and what is left of it is sent as the client's windows open.
    case responding
    /// Nobody waits for it any more.
    case closed
  }

  let id: Int32
  /// Where it stands in its connection's list.
  let place: Int
  var phase = Phase.head
  var exchange: HTTPExchange?

  // MARK: The body of the request

  var body: [UInt8] = []
  /// How much has come.
  var bodyRead = 0
  var bodyLimit = 0
  var keepsBody = false
  /// Whether the client has sent all of its request.
  var inputEnded = false

  // MARK: The handler

  /// Tells the late answer of a handler that was given up.
  var isGivenUp = false
  var handler: HandlerTask?
  /// Writes a body that comes piece by piece.
  var producer: Task<Void, Never>?

  // MARK: The answer

  /// What of the answer's body is not sent; the first `sent` bytes are.
  var output: [UInt8] = []
  var sent = 0
  var outputEnded = false
  /// The last frame of the answer has left.
  var isAnswerSent = false
  var writer: HTTP2BodyWriter?
  /// Nothing was there to send when the session asked; it asks again only when told.
  var isDeferred = false

  /// What counts among that which its connection holds.
  var heldForRequest = 0
  var heldForAnswer = 0

  /// When the phase must have ended or the client must have read on.
  var deadline = MonotonicInstant.never
  /// How much of the answer, and of all answers of its connection, had left when the deadline was set.
  var progress = (own: 0, all: 0)
  var sentInAll = 0

  init(id: Int32, place: Int) {
    self.id = id
    self.place = place
  }

  var unsent: Int { output.count - sent }
}
