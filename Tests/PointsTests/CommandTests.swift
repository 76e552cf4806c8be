// What the commands say and how they end, without any store.
import Foundation
import TestSupport
import Testing

extension WholeProgram {
  @Suite struct CommandTests {
    @Test(arguments: [
      (["help"], "usage: points COMMAND"), (["--help"], "usage: points COMMAND"), (["version"], "points "),
      (["configuration"], "POINTS_DATABASE_URL"),
      (["configuration", "--variables"], "POINTS_REDIS_URL_FILE"),
      (["serve", "--help"], "--database-url"), (["dev", "--help"], "usage: points dev"),
      (["health", "--help"], "usage: points health"),
      (["import", "--help"], "usage: points import"), (["seed", "--help"], "usage: points seed"),
    ])
    func `a question about the program is answered`(arguments: [String], words: String) throws {
      let run = try Program.run(arguments)
      #expect(run.ending == .exited(0))
      #expect(run.output.contains(words) && run.complaints.isEmpty)
    }

    @Test func `docs configuration is what the program prints`() throws {
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      let document = try String(contentsOf: root.appending(path: "docs/configuration.md"), encoding: .utf8)
      #expect(try Program.run(["configuration", "--markdown"]).output == document)
    }

    @Test func `without a command the help is shown, and it is an error`() throws {
      let run = try Program.run([])
      #expect(run.ending == .exited(2) && run.output.contains("usage: points COMMAND"))
    }

    @Test(arguments: ["serv", "--serve", ""])
    func `an unknown command is refused by name`(command: String) throws {
      let run = try Program.run([command])
      #expect(run.ending == .exited(2) && run.output.isEmpty)
      #expect(run.complaints.contains("there is no command \(command)"))
    }

    @Test(
      arguments: [
        ([:], "POINTS_DATABASE_URL"),
        (["POINTS_DATABASE_URL": "mysql://u:sesame@h/d"], "POINTS_DATABASE_URL"),
        (["POINTS_DATABASE_URL_FILE": "/nowhere/to/be/found"], "POINTS_DATABASE_URL_FILE"),
        (["POINTS_DATABASE_URL_FILE": "/dev/zero"], "POINTS_DATABASE_URL_FILE"),
        (["POINTS_REDIS_URL": "redis://u:sesame@h:port"], "POINTS_REDIS_URL"),
        (["POINTS_REDIS_URL": "redis://u:sesame@h/database"], "POINTS_REDIS_URL"),
        (["POINTS_LISTEN": "example.org:80"], "POINTS_LISTEN"),
        (["POINTS_WORKERS": "many"], "POINTS_WORKERS"),
        (["POINTS_REDIS_TIMEOUT": "250"], "POINTS_REDIS_TIMEOUT"),
      ] as [([String: String], String)])
    func `a wrong setting is refused at once, by the name of its variable`(
      wrong: [String: String], variable: String
    ) throws {
      var environment = wrong
      if variable.hasPrefix("POINTS_DATABASE") == false {
        environment["POINTS_DATABASE_URL"] = "postgresql:///d"
      }
      let run = try Program.run(["serve"], environment: environment)
      #expect(run.ending == .exited(2))
      #expect(run.complaints.contains(variable))
      #expect(!run.complaints.contains("sesame") && !run.complaints.contains("listening"))
    }

    @Test func `a misspelt variable is only warned about`() throws {
      let run = try Program.run(
        ["serve", "--listen", "nowhere"],
        environment: ["POINTS_DATABASE_URL": "postgresql:///d", "POINTS_LISTN": "127.0.0.1:1"])
      #expect(run.ending == .exited(2) && !run.complaints.contains("listening"))
      let alone = try Program.run(
        ["health"], environment: ["POINTS_LISTN": "x", "POINTS_LISTEN": "127.0.0.1:1"])
      #expect(alone.ending == .exited(1))
    }

    @Test(arguments: [
      ["--listen", "nowhere"], ["--database-url=postgresql:///mine"], ["--redis-url", "redis://h"],
    ])
    func `points dev refuses a wrong flag before it starts anything`(arguments: [String]) throws {
      let directory = try TemporaryDirectory()
      let run = try Program.run(["dev"] + arguments, workingDirectory: directory.path)
      #expect(run.ending == .exited(2))
      #expect(run.complaints.contains(arguments[0].prefix { $0 != "=" }))
      #expect(!FileManager.default.fileExists(atPath: "\(directory.path)/.points"))
    }
  }
}
