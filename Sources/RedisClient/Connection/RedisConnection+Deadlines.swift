// Deadlines of commands, and the silence of the server.
//
// Nearly every command is answered long before its deadline, so setting one must
// cost nothing: it is a number in the slot, and one entry in the loop's wheel stands
// for the earliest. When that passes, the slots are looked through; with the usual
// single timeout this happens four times a second, and at most once a millisecond.
package import EventLoop

extension RedisConnection: DeadlineOwner {
  /// Counted from this moment, and not from the turn's begin: what a long turn took before it sent anything
  /// is not the server's.
  func startDeadlines() {
    let now = loop.clock.now
    let sent = slots.count - unflushed
    if sent == 0 {
      stallsAt = now + options.stallLimit
      hasHeard = false
    }
    var earliest = stallsAt.nanoseconds
    for index in sent..<slots.count {
      let (instant, isNever) = now.nanoseconds.addingReportingOverflow(slots[index].limit)
      slots[index].limit = isNever ? .max : instant
      slots[index].sentAt = now.nanoseconds
      earliest = min(earliest, slots[index].limit)
    }
    unflushed = 0
    wake(at: MonotonicInstant(nanoseconds: earliest))
  }

  package func deadlinePassed(_ id: DeadlineID) {
    guard id == alarm?.id else { return }
    alarm = nil
    let now = loop.now
    let (timedOut, next) = abandonSlots(passedBy: now)
    if timedOut > 0 { client.commandsTimedOut(timedOut, on: self) }
    guard !slots.isEmpty else { return }
    if hasHeard {
      hasHeard = false
      stallsAt = now + options.stallLimit
    }
    if stallsAt <= now, slots.count > unflushed {
      end("the server has owed answers for \(options.stallLimit) and sent nothing")
    } else {
      wake(at: min(next, stallsAt))
    }
  }

  /// Ends the wait of all whose time is up, and finds the deadline that comes next.
  private func abandonSlots(passedBy now: MonotonicInstant) -> (timedOut: Int, next: MonotonicInstant) {
    var timedOut = 0
    var next = Int64.max
    for index in 0..<slots.count - unflushed where slots[index].receiver.isWaiting {
      let slot = slots[index]
      guard slot.limit <= now.nanoseconds else {
        next = min(next, slot.limit)
        continue
      }
      slots[index].receiver = .abandoned
      if case .probe = slot.receiver {
        client.probeFailed()
      } else {
        timedOut += 1
        slot.receiver.end(.timedOut)
      }
    }
    return (timedOut, MonotonicInstant(nanoseconds: next))
  }

  private func wake(at instant: MonotonicInstant) {
    guard !isEnded, instant.nanoseconds < .max else { return }
    if let alarm {
      guard instant < alarm.at else { return }
      loop.cancelDeadline(alarm.id)
    }
    alarm = (loop.setDeadline(at: instant, for: self), instant)
  }
}
