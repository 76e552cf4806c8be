// Time that only a test moves, and a loop that lives by it.
import EventLoop

struct ManualTime: Sendable {
  let clock: ManualClock
  let loop: EventLoop

  /// Lets everything that is ready run, before and after.
  func advance(by duration: Duration) async {
    await settle()
    clock.advance(by: duration)
    await settle()
  }

  /// The loop reads its clock once in each turn, and one task that goes on lets others go on.
  func settle() async {
    for _ in 0..<12 {
      let done = OneShot<Void>()
      loop.post { done.fulfil(()) }
      await done.value()
    }
  }
}
