// One call and its answer among the many of a connection of HTTP/2.

/// Used on the loop's thread only. It is in its connection's list until the stream has closed.
final class HTTP2Stream {
  /// Who waits for the answer; nil when the call has ended.
  var exchange: Exchange?
  /// How much of the request's body has been made into frames.
  var bodySent = 0
  /// Whether the request's fields have been made into a frame. Before that the service cannot know of it.
  var hasLeft = false
  /// How much the connection had received before the call was sent.
  let receivedBefore: Int

  // MARK: The answer

  var answer = Answer(status: 0)
  /// What its fields would take as lines of HTTP/1.1.
  var fieldBytes = 0
  var interimAnswers = 0
  /// Further fields are trailers, which say nothing to us.
  var hasHead = false
  /// It was the service that broke the stream off.
  var wasReset = false

  init(_ exchange: Exchange, receivedBefore: Int) {
    self.exchange = exchange
    self.receivedBefore = receivedBefore
  }
}
