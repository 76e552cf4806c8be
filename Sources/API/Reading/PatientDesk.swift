// Work that may take longer than an answer: it is done in a task of its own, which goes on when whoever asked
// is gone, and only so much of it is taken on at once. So nobody who asks again and again fills a queue, and
// whoever has to give up is told that it goes on, and how to find what became of it.
import EventLoop
import HTTPServer

/// One worker's; used on its loop only.
final class PatientDesk: @unchecked Sendable {
  /// What somebody is told instead of an answer.
  struct Words: Sendable {
    let overloaded: String
    let unfinished: String
  }

  /// So long before the time for an answer is over, whoever waits is answered.
  private static let margin = Duration.seconds(1)

  private let waitersMax: Int
  private let requestTimeout: Duration
  private let loop: EventLoop
  private var waiters = 0

  init(waitersMax: Int, requestTimeout: Duration, on loop: EventLoop) {
    self.waitersMax = waitersMax
    self.requestTimeout = requestTimeout
    self.loop = loop
  }

  func answer<Value: Sendable>(
    _ words: Words, _ work: @escaping @Sendable () async -> Result<Value, Problem>
  ) async throws(Problem) -> Value {
    guard waiters < waitersMax else {
      throw Problem(.overloaded, words.overloaded, fields: [.retrySoon])
    }
    waiters += 1
    let told = OneShot<Result<Value, Problem>>()
    loop.spawn { [self] in
      told.fulfil(await work())
      waiters -= 1
    }
    let patience = loop.spawn { [loop, requestTimeout] in
      let time = max(.zero, requestTimeout - Self.margin)
      guard (try? await loop.sleep(for: time)) != nil else { return }
      told.fulfil(.failure(Problem(.unavailable, words.unfinished, fields: [.retrySoon])))
    }
    let outcome = await told.value()
    patience.cancel()
    return try outcome.get()
  }
}
