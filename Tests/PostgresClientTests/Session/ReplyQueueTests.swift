// The promise of the queue: whatever mixture of units and shared groups is under way, and whatever fails in
// it, each waiter is answered once, with results that are its own.
import EventLoop
import TestSupport
import Testing

@testable import PostgresClient

@Suite struct ReplyQueueTests {
  private typealias Queue = ReplyQueue<Int, Int>
  private static let never = MonotonicInstant(nanoseconds: .max)

  /// What the server would send: the kind of each reply, its mark, and what its waiter should hear.
  private struct Script {
    var queue = Queue()
    var replies: [(kind: ReplyKind, mark: Int)] = []
    var expected: [Int: Heard] = [:]
    private var mark = 0

    mutating func reply(_ kind: ReplyKind) -> Int {
      mark += 1
      replies.append((kind, mark))
      return mark
    }

    /// A unit with an optional prepare; `failing` is the
    /// position of the failure, the length for the sync itself.
    mutating func addUnit(_ waiter: Int, parts: Int, prepares: Bool, failing: Int?) {
      if prepares { queue.expect(.prepare(waiter)) }
      for _ in 0..<parts { queue.expect(.part) }
      queue.expect(.unitEnd(waiter, deadline: never))
      if prepares { _ = reply(.success) }
      var results: [Int] = []
      var error: Int?
      for part in 0..<parts {
        if part == failing {
          error = reply(.failure)
        } else {
          let result = reply(error == nil ? .success : .skipped)
          if error == nil { results.append(result) }
        }
      }
      if failing == parts { error = reply(.failure) }
      _ = reply(.sync)
      expected[waiter] = error.map { .error($0) } ?? .results(results)
    }

    mutating func addGroup(_ waiters: Range<Int>, failing: Int?) {
      for waiter in waiters { queue.expect(.shared(waiter, deadline: never)) }
      queue.expect(.groupEnd)
      var failed = false
      for waiter in waiters {
        if waiter == failing {
          expected[waiter] = .error(reply(.failure))
          failed = true
        } else if failed {
          _ = reply(.skipped)
          expected[waiter] = .askAgain
        } else {
          expected[waiter] = .results([reply(.success)])
        }
      }
      _ = reply(.sync)
    }
  }

  private enum Heard: Equatable {
    case results([Int])
    case error(Int)
    case askAgain
  }

  @Test func `each waiter is answered once, with its own results`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<500 {
      var script = Script()
      var waiter = 0
      for _ in 0..<Int.random(in: 1..<12, using: &random) {
        let fails = Int.random(in: 0..<3, using: &random) == 0
        let size = Int.random(in: 1..<6, using: &random)
        if Bool.random(using: &random) {
          let failing = fails ? Int.random(in: 0...size, using: &random) : nil
          script.addUnit(waiter, parts: size, prepares: Bool.random(using: &random), failing: failing)
          waiter += 1
        } else {
          let failing = fails ? waiter + Int.random(in: 0..<size, using: &random) : nil
          script.addGroup(waiter..<(waiter + size), failing: failing)
          waiter += size
        }
      }
      check(script)
    }
  }

  private func check(_ script: Script) {
    var queue = script.queue
    var heard: [Int: Heard] = [:]
    var unclaimed = Set(script.replies.map(\.mark))
    func hear(_ waiter: Int, _ what: Heard) {
      #expect(heard.updateValue(what, forKey: waiter) == nil, "a waiter was answered twice")
    }
    for (kind, mark) in script.replies {
      switch queue.received(kind, mark) {
      case .none: break
      case .clear(let mark), .prepared(_, clear: let mark): unclaimed.remove(mark)
      case .unprepared(_, clear: let mark): mark.map { _ = unclaimed.remove($0) }
      case .answer(let waiter, let result):
        unclaimed.remove(result)
        hear(waiter, .results([result]))
      case .refuse(let waiter, let error):
        unclaimed.remove(error)
        hear(waiter, .error(error))
      case .askAgain(let waiter, clear: let mark):
        unclaimed.remove(mark)
        hear(waiter, .askAgain)
      case .finish(let waiter, let results, clear: let mark):
        unclaimed.subtract(results + [mark])
        hear(waiter, .results(results))
      case .fail(let waiter, let error, let results, clear: let mark):
        unclaimed.subtract(results + [mark, error])
        hear(waiter, .error(error))
      case .outOfStep: Issue.record("a reply that was expected was called out of step")
      }
    }
    #expect(heard == script.expected)
    #expect(unclaimed.isEmpty, "results that nobody frees")
    #expect(queue.isEmpty)
  }

  @Test func `a reply that nobody asked for is out of step`() {
    var queue = Queue()
    guard case .outOfStep(1) = queue.received(.success, 1) else {
      Issue.record("an unasked reply was accepted")
      return
    }
    queue.expect(.shared(7, deadline: Self.never))
    guard case .outOfStep(2) = queue.received(.sync, 2) else {
      Issue.record("a sync in place of an answer was accepted")
      return
    }
    guard case .outOfStep(3) = queue.received(.copyOut, 3) else {
      Issue.record("a COPY in a pipeline was accepted")
      return
    }
  }

  @Test func `at the end every waiter is handed over, with the error its unit had met`() {
    var queue = Queue()
    queue.expect(.part)
    queue.expect(.part)
    queue.expect(.unitEnd(1, deadline: MonotonicInstant(nanoseconds: 30)))
    queue.expect(.shared(2, deadline: MonotonicInstant(nanoseconds: 20)))
    #expect(queue.earliestDeadline == MonotonicInstant(nanoseconds: 20))
    _ = queue.received(.success, 10)
    _ = queue.received(.failure, 11)
    let leftovers = queue.removeAll()
    #expect(leftovers.waiters.map(\.0) == [1, 2])
    #expect(leftovers.results == [10])
    #expect(leftovers.failure == 11)
    #expect(queue.isEmpty)
    #expect(queue.earliestDeadline == nil)
  }
}
