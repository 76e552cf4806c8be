// `points dev`: everything with one command, and nothing left of it afterwards but the data.
import Foundation
import TestSupport
import Testing

@testable import EmbeddedServers

extension WholeProgram {
  @Suite struct DevTests {
    private func start(in directory: TemporaryDirectory, _ environment: [String: String] = [:]) throws
      -> Program
    {
      try Program(
        ["dev", "--listen", "127.0.0.1:0"], environment: environment, workingDirectory: directory.path)
    }

    @Test func `its first curl works, and a second one in the same place says that it runs already`() throws {
      let directory = try TemporaryDirectory()
      let program = try start(in: directory, ["POINTS_DATABASE_URL": "postgresql://u:sesame@h/d"])
      let port = try program.port()
      #expect(program.isReady(on: port))
      #expect(program.output.contains("Points is running at http://127.0.0.1:\(port)\n"))
      #expect(program.complaints.contains("POINTS_DATABASE_URL is ignored"))
      #expect(!program.complaints.contains("sesame"))
      let curl = try #require(program.output.firstMatch(of: /Try it:  (curl .*)/)).1
      let answer = try Tool(program: "/bin/sh", arguments: ["-c", "\(curl) --silent --show-error --fail"])
        .run(until: .now + .seconds(10))
      #expect(answer.contains(#""displayName":"Greta""#))

      let second = try Program.run(
        ["dev", "--listen", "127.0.0.1:0"], workingDirectory: directory.path)
      #expect(second.ending == .exited(1))
      #expect(second.complaints.contains("already running (pid \(program.id))"))
      #expect(program.isReady(on: port), "the second one has hurt the first")
      program.signal(SIGINT)
      #expect(program.end(within: .seconds(15)) == .exited(0))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal ends it and its servers, and the data are there next time`(signal: Int32) throws {
      let directory = try TemporaryDirectory()
      let first = try start(in: directory)
      #expect(first.isReady(on: try first.port()))
      #expect(try directory.servers().count > 2)
      _ = try psql(first, "CREATE TABLE kept AS SELECT 7 AS seven")
      let secret = try Self.reportKey(in: directory)
      #expect(secret.text.wholeMatch(of: /[A-Za-z0-9_-]{43}\n/) != nil && secret.mode == 0o600)
      first.signal(signal)
      #expect(first.end(within: .seconds(15)) == .exited(0))
      #expect(try directory.servers().isEmpty)

      let second = try start(in: directory)
      #expect(second.isReady(on: try second.port()))
      #expect(try psql(second, "SELECT seven FROM kept") == "7")
      let kept = try Self.reportKey(in: directory).text
      #expect(kept == secret.text, "reports of yesterday can be checked today")
      second.signal(signal)
      #expect(second.end(within: .seconds(15)) == .exited(0))
    }

    @Test func `kill -9 leaves no server behind, and the next start finds the data`() throws {
      let directory = try TemporaryDirectory()
      let first = try start(in: directory)
      #expect(first.isReady(on: try first.port()))
      _ = try psql(first, "CREATE TABLE kept AS SELECT 8 AS eight")
      first.signal(SIGKILL)
      #expect(first.end(within: .seconds(5)) == .killed(SIGKILL))
      #expect(try Eventually.holds(within: .seconds(30)) { try directory.servers().isEmpty })

      let second = try start(in: directory)
      #expect(second.isReady(on: try second.port()))
      #expect(try psql(second, "SELECT eight FROM kept") == "8")
      second.signal(SIGTERM)
      #expect(second.end(within: .seconds(15)) == .exited(0))
    }

    @Test func `a port that is taken ends it and its servers`() throws {
      let directory = try TemporaryDirectory()
      let other = try FakeStore { _ in [] }
      let run = try Program.run(
        ["dev", "--listen", "127.0.0.1:\(other.port)"], workingDirectory: directory.path)
      #expect(run.ending == .exited(1))
      #expect(run.complaints.contains("127.0.0.1:\(other.port): Address already in use"))
      #expect(try directory.servers().isEmpty)
    }

    private static func reportKey(in directory: TemporaryDirectory) throws -> (text: String, mode: Int) {
      let path = "\(try directory.home())/report-key"
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      return (try String(contentsOfFile: path, encoding: .utf8), mode ?? 0)
    }

    private func psql(_ program: Program, _ statement: String) throws -> String {
      let url = try #require(program.output.firstMatch(of: /Postgres  (postgresql:.*)/)).1
      let arguments = ["-X", "-w", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", String(url), "-c", statement]
      let text = try Tool(program: "/usr/bin/psql", arguments: arguments).run(until: .now + .seconds(30))
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
}
