// Running a program to its end, and what becomes of one that does not end.

import TestSupport
import Testing

@testable import EmbeddedServers

struct ToolTests {
  private func shell(_ script: String) -> Tool {
    Tool(program: "/bin/sh", arguments: ["-c", script], account: UnprivilegedAccount.forServers())
  }

  @Test func `output and errors come back together`() throws {
    let text = try shell("echo one; echo two >&2").run(until: .now + .seconds(20))
    #expect(text == "one\ntwo\n")
  }

  @Test func `a failure carries its status and its last words`() {
    #expect(
      throws: EmbeddedServersError.exitedEarly(
        program: "/bin/sh", ending: "exit status 3", logTail: "no luck")
    ) {
      try shell("echo no luck; exit 3").run(until: .now + .seconds(20))
    }
  }

  @Test func `a program that does not end is killed at its deadline`() throws {
    var id: Int?
    // On a busy machine it may not even have begun by the deadline.
    for patience in [Duration.milliseconds(300), .seconds(2), .seconds(10)] where id == nil {
      let started = ContinuousClock.now
      let error = #expect(throws: EmbeddedServersError.self) {
        try shell("echo $$; exec sleep 1000").run(until: .now + patience)
      }
      #expect(ContinuousClock.now - started < .seconds(30))
      guard case .notReadyInTime(_, let logTail)? = error else {
        Issue.record("not the error of a late program: \(String(describing: error))")
        return
      }
      id = Int(logTail)
    }
    let survivor = try #require(id)
    let isGone = Eventually.holds(within: .seconds(20)) { !ProcessTable.exists(survivor) }
    #expect(isGone, "a zombie or a survivor")
  }

  @Test func `a program inherits neither our variables nor our open files`() throws {
    let pair = try SocketPair.make()
    Descriptors.letExecKeep(pair.0)
    defer { Descriptors.close(pair) }
    let text = try shell("env; ls /proc/self/fd").run(until: .now + .seconds(20))
    let words = Set(text.split(separator: "\n"))
    #expect(!words.contains { $0.hasPrefix("HOME=") })
    // 3 is the directory that ls reads.
    #expect(words.compactMap { Int($0) }.sorted() == [0, 1, 2, 3])
  }

  @Test func `a program runs unprivileged when we are root`() throws {
    let id = try shell("id -u").run(until: .now + .seconds(20))
    #expect(id != "0\n")
  }

  @Test func `a missing program is an early exit that says so`() {
    let error = #expect(throws: EmbeddedServersError.self) {
      try Tool(program: "/nowhere/initdb", arguments: []).run(until: .now + .seconds(20))
    }
    #expect("\(String(describing: error))".contains("/nowhere/initdb"))
  }
}
