// `points health`, by which a container is judged.
import Glibc
import TestSupport
import Testing

extension WholeProgram {
  @Suite struct HealthTests {
    @Test func `its exit status says whether the service is ready`() throws {
      var environment = try Stores.environment()
      let ready = try Program(["serve"], environment: environment)
      environment["POINTS_REDIS_URL"] = "redis://127.0.0.1:1"
      let lame = try Program(["serve"], environment: environment)
      let port = try ready.port()
      #expect(ready.isReady(on: port))

      var good = try health("127.0.0.1:\(port)")
      // A store that was slow just now, on a busy machine, is not ready either.
      for _ in 0..<9 where good.ending != .exited(0) { good = try health("127.0.0.1:\(port)") }
      #expect(good.ending == .exited(0) && good.output.contains(#""status":"ready""#))
      let bad = try health("127.0.0.1:\(lame.port())")
      #expect(bad.ending == .exited(1) && bad.output.contains(#""code":"not_ready""#))
      #expect(bad.output.contains(#""redis":""#))

      ready.signal(SIGTERM)
      #expect(ready.end(within: .seconds(30)) == .exited(0))
      let gone = try health("127.0.0.1:\(port)")
      #expect(gone.ending == .exited(1))
      #expect(gone.complaints == "points health: nothing answers at 127.0.0.1:\(port)\n")
    }

    @Test(arguments: ["127.0.0.1:0", "nonsense"])
    func `an address that nobody can be asked at is a mistake of its author`(address: String) throws {
      let run = try health(address)
      #expect(run.ending == .exited(2) && run.complaints.contains(address))
    }

    @Test func `somebody who accepts and says nothing is not healthy`() throws {
      let silent = try FakeStore { _ in [] }
      #expect(try health("127.0.0.1:\(silent.port)").ending == .exited(1))
    }

    private func health(_ address: String) throws -> (ending: Ending, output: String, complaints: String) {
      // What concerns only the service must not trouble its health check.
      try Program.run(
        ["health"], environment: ["POINTS_LISTEN": address, "POINTS_REDIS_URL_FILE": "/nowhere"])
    }
  }
}
