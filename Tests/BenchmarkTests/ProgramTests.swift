// Programs beside the bench: their words, their time, and that none stays behind.

import Glibc
import Testing

@testable import Benchmark

@Suite struct ProgramTests {
  @Test func `a program is run to its end for what it says`() throws {
    let child = try ChildProgram("echo", command: ["/bin/sh", "-c", "echo out; echo err >&2; exit 1"])
    let said = try child.finish(within: .seconds(30), heeding: Interruption())
    #expect(said == "out\nerr\n")
  }

  @Test func `a program gets no setting but those it is given`() throws {
    let child = try ChildProgram("env", command: ["/usr/bin/env"], environment: ["POINTS_LISTEN": "x"])
    let said = try child.finish(within: .seconds(30), heeding: Interruption())
    let names = said.split(separator: "\n").map { $0.prefix { $0 != "=" } }
    #expect(names.sorted() == ["LC_ALL", "PATH", "POINTS_LISTEN"])
  }

  @Test func `a dropped program is gone`() throws {
    let id = try startAndDrop()
    #expect(kill(id, 0) == -1 && errno == ESRCH)
  }

  private func startAndDrop() throws -> Int32 {
    let child = try ChildProgram("sleep", command: ["/bin/sleep", "600"])
    let isRunning = child.isRunning
    #expect(isRunning)
    return child.processID
  }

  @Test func `a program that says nothing in time is an error`() {
    #expect(throws: BenchmarkError.self) {
      let child = try ChildProgram("sleep", command: ["/bin/sleep", "600"])
      _ = try child.finish(within: .milliseconds(1), heeding: Interruption())
    }
  }

  /// The clock moves by what the program spends, and by no more than there are processors for.
  @Test func `the clock of a process tells its processor time`() throws {
    let child = try ChildProgram("busy", command: ["/bin/sh", "-c", "while :; do :; done"])
    let clock = try ProcessClock(processID: child.processID)
    // The time first, so that nothing is counted that was spent before it.
    let start = ContinuousClock.now
    let before = try clock.read()
    while try clock.read() - before < .milliseconds(50) {
      guard start.duration(to: .now) < .seconds(30) else { break }
    }
    let spent = try clock.read() - before
    #expect(spent >= .milliseconds(50))
    #expect(spent <= start.duration(to: .now) + .milliseconds(20))
    _ = consume child
  }
}
