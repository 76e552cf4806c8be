// Many who ask at once: one look at a time, and nobody is answered by a look that began before the question.
import EventLoop
import PostgresClient
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct SharedLooksTests {
  @Test func `who asks while a look is under way is woken at its end and may wait for the next`() async throws
  {
    try await onNewLoop { loop in
      let looks = SharedLooks(atMostEvery: .milliseconds(20))
      let gate = OneShot<Void>()
      let begin = loop.clock.now
      let first = Asker(looks, on: loop) { await gate.value() }
      #expect(looks.begun == 1 && looks.ended == 0)
      let late = Asker(looks, on: loop) { Issue.record("a second look while the first was under way") }
      #expect(looks.begun == 1)
      gate.fulfil(())
      await #expect(first.result() == nil)
      await #expect(late.result() == nil)
      // The late one came when one look had begun, and that is the one that ended.
      #expect(looks.begun == 1 && looks.ended == 1)
      let again = Asker(looks, on: loop) {}
      await #expect(again.result() == nil)
      #expect(looks.ended == 2)
      #expect(loop.clock.now >= begin + .milliseconds(20), "looks follow each other too closely")
    }
  }

  @Test func `a look that fails fails for all who wait, and the next is a new one`() async throws {
    try await onNewLoop { loop in
      let looks = SharedLooks(atMostEvery: .zero)
      let gate = OneShot<Void>()
      let askers = (0..<3).map { _ in
        Asker(looks, on: loop) { () async throws(PostgresError) in
          await gate.value()
          throw .closed
        }
      }
      gate.fulfil(())
      for asker in askers { await #expect(asker.result() == .closed) }
      #expect(looks.ended == 1)
      let again = Asker(looks, on: loop) {}
      await #expect(again.result() == nil)
      #expect(looks.ended == 2)
    }
  }
}

/// Somebody who waits for a look, from now on.
private final class Asker: Sendable {
  private let ended = OneShot<PostgresError?>()

  init(
    _ looks: SharedLooks, on loop: EventLoop,
    _ look: @escaping @Sendable () async throws(PostgresError) -> Void
  ) {
    loop.spawn { [ended] in
      do throws(PostgresError) {
        try await looks.next(on: loop, look)
        ended.fulfil(nil)
      } catch {
        ended.fulfil(error)
      }
    }
  }

  /// How it ended; nil means well.
  func result() async -> PostgresError? { await ended.value() }
}
