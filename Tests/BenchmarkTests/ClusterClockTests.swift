// The time of a process and of all it started, whether they still run or have ended.

import Testing

@testable import Benchmark

@Suite struct ClusterClockTests {
  @Test func `the time of ended children is read behind any name`() {
    let rest = " S 1 " + (5...15).map(String.init).joined(separator: " ") + " 160 170 20 0"
    #expect(ClusterClock.ticksOfEnded("42 (a) b (c) d)" + rest) == 330)
    #expect(ClusterClock.ticksOfEnded("42 (postgres) S 1 2 3") == nil)
    #expect(ClusterClock.ticksOfEnded("") == nil)
  }

  /// The kernel ends what outlives its parent after some seconds of work.
  @Test(arguments: [

    "ulimit -t 10; (while :; do :; done) & wait",
    "while :; do timeout 0.05 sh -c 'while :; do :; done'; done",
  ])
  func `it moves by what children spend, running or ended`(script: String) throws {
    let parent = try ChildProgram("busy", command: ["/bin/sh", "-c", script])
    let clock = ClusterClock(postmaster: parent.processID)
    let own = try ProcessClock(processID: parent.processID)
    let before = try clock.read()
    let start = ContinuousClock.now
    // However much its own work is, starting them again and again on a busy machine: theirs counts besides.
    var ofOthers = Duration.zero
    while ofOthers < .milliseconds(100), start.duration(to: .now) < .seconds(30) {
      try Interruption().pause(for: .milliseconds(5))
      ofOthers = try clock.read() - before - own.read()
    }
    #expect(ofOthers >= .milliseconds(100))
    _ = consume parent
  }
}
