// A pipeline answers in order, and that order is all that ties an answer to its question. This queue keeps
// the questions: what is expected next, and who waits for it. It is pure, so that its promise (nobody is ever
// given another's answer) is tested without a server.
//
// Two kinds of groups end in a sync. A *unit* belongs to one waiter, who is answered at the sync with all
// results: before it nothing is committed. A *shared group* holds read-only statements of many waiters, each
// answered with its own result as it comes.

import EventLoop

/// What is expected from the server, in order.
struct ReplyQueue<Waiter, Result> {
  enum Expectation {
    /// The statement with this index is being prepared; followed by its unit's parts.
    case prepare(Int)
    /// One statement of a unit.
    case part
    /// The sync of a unit.
    case unitEnd(Waiter, deadline: MonotonicInstant)
    /// A read-only statement of a shared group.
    case shared(Waiter, deadline: MonotonicInstant)
    /// The sync of a shared group.
    case groupEnd
  }

  /// What to do about a reply; results handed over here belong to whoever carries the action out.
  enum Action {
    case none
    case clear(Result)
    case prepared(Int, clear: Result)
    /// The statement is not prepared after all.
    case unprepared(Int, clear: Result?)
    case answer(Waiter, Result)
    case refuse(Waiter, Result)
    /// A neighbour in the shared group failed; nothing was executed.
    case askAgain(Waiter, clear: Result)
    case finish(Waiter, [Result], clear: Result)
    case fail(Waiter, error: Result, results: [Result], clear: Result)
    /// The reply fits nothing that was asked.
    case outOfStep(Result)
  }

  private var expectations = FIFO<Expectation>()
  /// The results of the unit that is being answered.
  private var held: [Result] = []
  private var failure: Result?

  var isEmpty: Bool { expectations.isEmpty }

  /// Whether all that is owed are the ends of shared groups, for which nobody waits: the statements of a
  /// group are answered as their answers come, before its sync.
  var owesOnlyGroupEnds: Bool {
    var onlyEnds = !isEmpty
    expectations.forEach { expectation in
      if case .groupEnd = expectation { return }
      onlyEnds = false
    }
    return onlyEnds
  }

  var count: Int { expectations.count }

  mutating func expect(_ expectation: Expectation) {
    expectations.append(expectation)
  }

  mutating func received(_ kind: ReplyKind, _ result: Result) -> Action {
    guard let expectation = expectations.first else { return .outOfStep(result) }
    switch (expectation, kind) {
    case (.shared(let waiter, _), .success): return pop(.answer(waiter, result))
    case (.shared(let waiter, _), .failure): return pop(.refuse(waiter, result))
    case (.shared(let waiter, _), .skipped): return pop(.askAgain(waiter, clear: result))
    case (.groupEnd, .sync): return pop(.clear(result))
    case (.groupEnd, .failure): return .clear(result)
    case (.prepare(let index), .success): return pop(.prepared(index, clear: result))
    case (.prepare(let index), .failure): return pop(.unprepared(index, clear: note(failure: result)))
    case (.prepare(let index), .skipped): return pop(.unprepared(index, clear: result))
    case (.part, .success): return pop(hold(result))
    case (.part, .failure), (.part, .skipped): return pop(noteOrClear(kind, result))
    // The commit that a sync implies may fail as well: the error comes first, then the sync.
    case (.unitEnd, .failure): return noteOrClear(kind, result)
    case (.unitEnd(let waiter, _), .sync): return pop(finish(waiter, result))
    case _: return .outOfStep(result)
    }
  }

  private mutating func pop(_ action: Action) -> Action {
    _ = expectations.popFirst()
    return action
  }

  private mutating func hold(_ result: Result) -> Action {
    held.append(result)
    return .none
  }

  /// Keeps the unit's first error; returns what is not kept.
  private mutating func note(failure result: Result) -> Result? {
    guard failure == nil else { return result }
    failure = result
    return nil
  }

  private mutating func noteOrClear(_ kind: ReplyKind, _ result: Result) -> Action {
    guard kind == .failure else { return .clear(result) }
    return note(failure: result).map { .clear($0) } ?? .none
  }

  private mutating func finish(_ waiter: Waiter, _ sync: Result) -> Action {
    let results = held
    held = []
    guard let error = failure.take() else { return .finish(waiter, results, clear: sync) }
    return .fail(waiter, error: error, results: results, clear: sync)
  }

  // MARK: Deadlines and the end

  /// When the most impatient waiter gives up.
  var earliestDeadline: MonotonicInstant? {
    var earliest: MonotonicInstant?
    expectations.forEach { expectation in
      if let deadline = expectation.deadline { earliest = min(earliest ?? deadline, deadline) }
    }
    return earliest
  }

  /// The connection has ended: all waiters with their deadlines, and what was held for the first of them.
  struct Leftovers {
    var waiters: [(Waiter, deadline: MonotonicInstant)] = []
    var results: [Result] = []
    /// The error that the first waiter's unit had already met, if any.
    var failure: Result?
  }

  mutating func removeAll() -> Leftovers {
    var leftovers = Leftovers(results: held, failure: failure)
    held = []
    failure = nil
    while let expectation = expectations.popFirst() {
      if let waiter = expectation.waiter { leftovers.waiters.append(waiter) }
    }
    return leftovers
  }
}

extension ReplyQueue.Expectation {
  var waiter: (Waiter, deadline: MonotonicInstant)? {
    switch self {
    case .prepare, .part, .groupEnd: nil
    case .unitEnd(let waiter, let deadline), .shared(let waiter, let deadline): (waiter, deadline)
    }
  }

  var deadline: MonotonicInstant? { waiter?.deadline }
}
