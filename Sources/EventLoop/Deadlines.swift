// Deadlines and sleep: one wheel a loop, one libuv timer for the wheel.

/// Something that set a deadline and is told when it passes.
package protocol DeadlineOwner: AnyObject {
  func deadlinePassed(_ id: DeadlineID)
}

/// The task was cancelled while it slept.
package struct SleepCancelled: Error {}

extension MonotonicInstant {
  /// The wheel counts in milliseconds, rounded up: a deadline may pass late, never early.
  var tick: UInt64 { UInt64(max(0, nanoseconds + 999_999) / 1_000_000) }
  /// The last whole millisecond that has passed.
  var passedTick: UInt64 { UInt64(max(0, nanoseconds) / 1_000_000) }
}

extension EventLoop {
  /// Has the owner called at that instant or up to a millisecond later, never before. The wheel keeps the
  /// owner alive until the deadline passes or is cancelled.
  package func setDeadline(at instant: MonotonicInstant, for owner: any DeadlineOwner) -> DeadlineID {
    wheel.insert(owner, at: instant.tick)
  }

  package func setDeadline(after duration: Duration, for owner: any DeadlineOwner) -> DeadlineID {
    setDeadline(at: clock.now + duration, for: owner)
  }

  package func cancelDeadline(_ id: DeadlineID) {
    wheel.cancel(id)
  }

  /// Suspends the task on this loop; no thread waits. `Task.sleep` would resume it elsewhere.
  package func sleep(for duration: Duration) async throws(SleepCancelled) {
    preconditionInside()
    guard !Task.isCancelled else { throw SleepCancelled() }
    let sleeper = Sleeper()
    let id = setDeadline(after: duration, for: sleeper)
    let woke = await withTaskCancellationHandler {
      await sleeper.alarm.value()
    } onCancel: { [self] in
      post { [self] in
        cancelDeadline(id)
        sleeper.alarm.fulfil(false)
      }
    }
    guard woke else { throw SleepCancelled() }
  }

  func expireDeadlines() {
    wheel.advance(to: now.passedTick, into: &passedDeadlines)
    guard !passedDeadlines.isEmpty else { return }
    let passed = passedDeadlines
    passedDeadlines.removeAll(keepingCapacity: true)
    for (id, owner) in passed { owner.deadlinePassed(id) }
  }

  /// Lets the next poll end when the wheel wants to be turned. A manual clock wakes the loop by itself.
  func armTimer() {
    guard !clock.isManual else { return }
    let next = wheel.nextTick
    let wait = next.map { $0 > now.passedTick ? $0 - now.passedTick : 0 } ?? 0
    handles.arm(tick: next, in: wait)
  }
}

/// One sleeping task.
private final class Sleeper: DeadlineOwner, @unchecked Sendable {
  let alarm = OneShot<Bool>()

  func deadlinePassed(_ id: DeadlineID) {
    alarm.fulfil(true)
  }
}
