// Where handlers of a test wait until the test lets them
// go, and where the test waits until they have arrived.
import EventLoop
import Foundation
import Synchronization

final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [(loop: EventLoop, ticket: OneShot<Void>)] = []
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)

  /// A handler waits here; being cancelled does not move it.
  func pass(on loop: EventLoop) async {
    let ticket = OneShot<Void>()
    let mustWait = state.withLock { state in
      if !state.isOpen { state.waiting.append((loop, ticket)) }
      return !state.isOpen
    }
    arrivals.signal()
    if mustWait { await ticket.value() }
  }

  /// Waits until one more handler stands at the gate.
  func waitForArrival() -> Bool {
    arrivals.wait(timeout: .now() + 60) == .success
  }

  /// Lets everyone through, also those still to come.
  func open() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      state.isOpen = true
      return state.waiting
    }
    for (loop, ticket) in waiting { loop.post { ticket.fulfil(()) } }
  }
}
