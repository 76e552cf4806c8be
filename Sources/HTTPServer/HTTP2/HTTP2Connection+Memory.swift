// What a connection keeps for its streams: heads and bodies of requests that are not answered yet, and
// answers that are not sent yet. A client needs few bytes to have us keep many: a head can name a field of
// the table over and over, and an answer waits as long as the client does not open its windows. So all
// streams of a connection together may take without asking what the one body of a connection of HTTP/1.1
// may, and for more they take from the budget that all connections share.
import EventLoop

extension HTTP2Connection {
  // MARK: Requests

  /// Whether there is room for the head, for as long as the request is not answered.
  func holdHead(of request: HTTPRequest, on stream: HTTP2Stream) -> Bool {
    let headers = request.headers
    return holdForRequest(headers.head.count + headers.count * MemoryLayout<FieldRange>.stride, of: stream)
  }

  /// Whether there is room for so much more of a request.
  func holdForRequest(_ count: Int, of stream: HTTP2Stream) -> Bool {
    guard hold(count) else { return false }
    stream.heldForRequest += count
    return true
  }

  /// The request has been answered, or nobody waits for it any more.
  func letRequestGo(of stream: HTTP2Stream) {
    guard stream.heldForRequest > 0 else { return }
    letGo(stream.heldForRequest)
    stream.heldForRequest = 0
    stream.body = []
  }

  // MARK: Answers

  /// What is as short as a refusal is not refused.
  private static let shortAnswer = 1024

  /// Whether there is room for the answer, until it is sent. Only who asked for something to read can ask
  /// again: the answer to what has been done is given anyhow. So is one that waits alone, because a
  /// connection of HTTP/1.1 has that as well.
  func holdAnswer(_ response: HTTPResponse, on stream: HTTP2Stream) -> Bool {
    let count = Self.size(of: response)
    guard count > 0 else { return true }
    let mayBeRefused =
      count > Self.shortAnswer && heldForAnswers > 0 && stream.exchange?.request.method == .get
    if mayBeRefused {
      guard hold(count) else { return false }
    } else {
      _ = holdAnyhow(count)
    }
    stream.heldForAnswer = count
    heldForAnswers += count
    return true
  }

  /// What is known of it beforehand: a producer may have so much waiting. One without end has little to say
  /// at a time, and pays as it speaks.
  private static func size(of response: HTTPResponse) -> Int {
    switch response.body {
    case .none: 0
    case .bytes(let bytes): bytes.count
    case .stream(let body): body.isEndless ? 0 : HTTP2BodyWriter.highWater
    }
  }

  /// Counts what a producer has written beyond that. False if there was no room for it: then it must wait
  /// until it is sent, unless it is the only one.
  func holdOutput(of stream: HTTP2Stream) -> Bool {
    let more = stream.output.count - stream.heldForAnswer
    guard more > 0 else { return true }
    stream.heldForAnswer += more
    heldForAnswers += more
    let hasRoom = holdAnyhow(more)
    return hasRoom || heldForAnswers == stream.heldForAnswer
  }

  /// The answer is sent, or nobody waits for it any more.
  func letAnswerGo(of stream: HTTP2Stream) {
    guard stream.heldForAnswer > 0 else { return }
    letGo(stream.heldForAnswer)
    heldForAnswers -= stream.heldForAnswer
    stream.heldForAnswer = 0
  }

  // MARK: The account

  private func hold(_ count: Int) -> Bool {
    let more = Self.portions(held + count) - taken
    if more > 0 {
      guard worker.bodies.take(more) else { return false }
      taken += more
    }
    held += count
    return true
  }

  /// Counts what is kept in any case. While there is no room for it there is none for anything else.
  private func holdAnyhow(_ count: Int) -> Bool {
    if hold(count) { return true }
    held += count
    return false
  }

  private func letGo(_ count: Int) {
    held -= count
    let less = taken - Self.portions(held)
    guard less > 0 else { return }
    worker.bodies.giveBack(less)
    taken -= less
  }

  private static func portions(_ count: Int) -> Int {
    count / BodyBudget.portion * BodyBudget.portion
  }
}

extension Problem {
  static var tooManyRequestsWaiting: Problem {
    Problem(.overloaded, "Too many requests of this connection wait. Nothing was done.", fields: [.retrySoon])
  }

  static var tooManyAnswersUnread: Problem {
    Problem(.overloaded, "Too many answers on this connection were not read yet.", fields: [.retrySoon])
  }
}
