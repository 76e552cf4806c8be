// `points keys`, as an administrator and his scripts use it.
import TestSupport
import Testing

extension WholeProgram {
  @Suite struct KeysTests {
    private static var key: Regex<(Substring, Substring)> { /pts_([0-9a-f]{16})_[A-Za-z0-9_-]{43}\n/ }

    @Test func `a key is made, listed, rotated and revoked`() async throws {
      let desk = Desk(url: try await LedgerDatabase.make().url)
      let made = try desk.run("create", "--service", "game", "--role", "service")
      #expect(made.ending == .exited(0), "\(made.complaints)")
      // Nothing else on standard output, for a script that takes the key from there.
      let first = try #require(made.output.wholeMatch(of: Self.key)).1
      #expect(made.complaints.contains("game"))

      let rotated = try desk.run("rotate", "\(first)", "--grace", "24h")
      let second = try #require(rotated.output.wholeMatch(of: Self.key)).1
      #expect(rotated.complaints.contains("key \(first) ends in 1d"))

      #expect(try desk.run("revoke", "\(second)").ending == .exited(0))
      let list = try desk.run("list").output.split(separator: "\n")
      #expect(list.count == 3 && list[0].hasPrefix("KEY ID"))
      #expect(list.contains { $0.hasPrefix(first) && $0.hasSuffix("valid") })
      #expect(list.contains { $0.hasPrefix(second) && $0.contains("service") && $0.hasSuffix("revoked") })
      #expect(!list.joined().contains("pts_"))
    }

    @Test func `what cannot be done is told, and fails`() async throws {
      let desk = Desk(url: try await LedgerDatabase.make().url)
      _ = try desk.run("create", "--service", "game", "--role", "reader")
      let cases: [([String], String)] = [
        (["create", "--service", "game", "--role", "admin"], "its role is reader"),
        (["create", "--service", "My Game", "--role", "admin"], "is no name of a service"),
        (["revoke", "0123456789abcdef"], "there is no key"),
        (["rotate", "--service", "nobody"], "there is no service nobody"),
      ]
      for (arguments, sentence) in cases {
        let run = try desk.run(arguments)
        #expect(run.ending == .exited(1) && run.complaints.contains(sentence), "\(arguments)")
      }
    }

    @Test(arguments: [
      [], ["make"], ["create"], ["create", "--service", "game"],
      ["create", "--service", "game", "--role", "king"],
      ["create", "x", "--service", "game", "--role", "admin"],
      ["list", "x"], ["list", "--service", "game"], ["revoke"], ["revoke", "x", "y"],
      ["revoke", "x", "--service", "game"], ["rotate", "x", "--grace", "soon"], ["rotate", "x", "--grace"],
      ["revoke", "x", "--role", "admin"], ["list", "--colour", "blue"],
    ])
    func `a mistaken request changes nothing and is a mistake of its author`(arguments: [String]) throws {
      let run = try Desk(url: "postgresql://u@127.0.0.1:1/d").run(arguments)
      #expect(run.ending == .exited(2), "\(run.complaints)")
      #expect(run.output.isEmpty && !run.complaints.isEmpty)
    }

    @Test func `help is there`() throws {
      let run = try Program.run(["keys", "--help"])
      #expect(run.ending == .exited(0) && run.output.contains("points keys rotate"))
    }
  }
}

private struct Desk {
  let url: String

  func run(_ arguments: String...) throws -> (ending: Ending, output: String, complaints: String) {
    try run(arguments)
  }

  func run(_ arguments: [String]) throws -> (ending: Ending, output: String, complaints: String) {
    try Program.run(["keys"] + arguments, environment: ["POINTS_DATABASE_URL": url])
  }
}
