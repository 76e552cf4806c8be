// Looking something up for many at once: however many ask, one look is under way, and it answers all who
// asked before it began.
import EventLoop
import PostgresClient

/// Used on one loop only.
final class SharedLooks: @unchecked Sendable {
  /// Looks are numbered in the order in which they begin, from 1 on.
  private(set) var begun = 0
  /// The last one that ended.
  private(set) var ended = 0
  private var isUnderWay = false
  private var lastBegin: MonotonicInstant?
  private var waiting: [OneShot<Result<Void, PostgresError>>] = []
  private let interval: Duration

  /// However many ask, no look begins sooner after the one before.
  init(atMostEvery interval: Duration) {
    self.interval = interval
  }

  /// Waits for the end of the look that is under way, or of a new one. The look is a task of its own:
  /// whoever gives up waiting for it does not end it for the others.
  func next(
    on loop: EventLoop, _ look: @escaping @Sendable () async throws(PostgresError) -> Void
  ) async throws(PostgresError) {
    let end = OneShot<Result<Void, PostgresError>>()
    waiting.append(end)
    if !isUnderWay {
      isUnderWay = true
      loop.spawn { await self.run(look, on: loop) }
    }
    try await end.value().get()
  }

  private func run(
    _ look: @Sendable () async throws(PostgresError) -> Void, on loop: EventLoop
  ) async {
    if let earliest = lastBegin.map({ $0 + interval }), loop.clock.now < earliest {
      try? await loop.sleep(for: earliest.remaining(from: loop.clock.now))
    }
    lastBegin = loop.clock.now
    begun += 1
    let result: Result<Void, PostgresError>
    do throws(PostgresError) { result = .success(try await look()) } catch { result = .failure(error) }
    ended = begun
    isUnderWay = false
    let answered = waiting
    waiting = []
    for end in answered { end.fulfil(result) }
  }
}
