// The watch over the loops must see what it is there to see.
import EventLoop
import Foundation
import TestSupport
import Testing

struct LagWatchTests {
  @Test func `a loop that sleeps in a call is caught`() {
    let thread = LoopThread(running: EventLoop(name: "test"))
    defer { thread.stopAndJoin() }
    let watch = LagWatch([thread.loop])
    #expect(Eventually.holds(within: .seconds(20)) { watch.finding.ticks > 2 })
    thread.loop.post { usleep(120_000) }
    #expect(Eventually.holds(within: .seconds(20)) { watch.finding.worst > .milliseconds(50) })
    _ = watch.stop()
  }
}
