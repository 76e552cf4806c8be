// `points verify`: what it prints, and what its exit status says.
import Foundation
import TestSupport
import Testing

@testable import EmbeddedServers

extension WholeProgram {
  @Suite struct VerifyTests {
    @Test func `a ledger without a mirror is verified, and the status says that the mirror was not`()
      async throws
    {
      var environment = try Stores.environment()
      let database = try await LedgerDatabase.make()
      environment["POINTS_DATABASE_URL"] = try database.url
      environment["POINTS_REDIS_URL"] = try Self.redis(8)
      let run = try Program.run(["verify"], environment: environment)
      #expect(run.ending == .exited(1), "\(run.complaints)")
      #expect(run.output.contains("ledger: every chain is whole"))
      #expect(run.output.contains("points: not checked: "))
    }

    @Test func `what is built is whole, and status 0`() async throws {
      var environment = try Stores.environment()
      let database = try await LedgerDatabase.make()
      environment["POINTS_DATABASE_URL"] = try database.url
      environment["POINTS_REDIS_URL"] = try Self.redis(7)
      #expect(try Program.run(["rebuild"], environment: environment).ending == .exited(0))
      let run = try Program.run(["verify", "--json"], environment: environment)
      #expect(run.ending == .exited(0), "\(run.complaints)\(run.output)")
      #expect(run.output.hasPrefix(#"{"ledger":{"accounts":0,"#))
      #expect(run.output.contains(#""pointType":"points""#))
      let user = try Program.run(["verify", "--user", "anna", "--type=points"], environment: environment)
      #expect(user.ending == .exited(0), "\(user.complaints)")

      try await database.run(
        "break",
        """
        INSERT INTO users (id) VALUES ('anna');
        INSERT INTO accounts (user_id, point_type_id, balance, held, total_earned, total_spent, version,
          revision, last_transaction_at, earned_at, updated_at, user_enabled)
        SELECT 'anna', id, 5, 0, 5, 0, 1, 1, now(), now(), now(), true FROM point_types
        """)
      let broken = try Program.run(["verify"], environment: environment)
      #expect(broken.ending == .exited(3))
      #expect(broken.output.contains("BROKEN, 1 accounts: no_transactions 1"))
      #expect(broken.output.contains("no_transactions, points anna: expected transactions"))
      #expect(broken.output.contains("missing 1"))
    }

    @Test func `what has drifted is told with status 2, and put right with --repair`() async throws {
      var environment = try Stores.environment()
      let database = try await LedgerDatabase.make()
      environment["POINTS_DATABASE_URL"] = try database.url
      environment["POINTS_REDIS_URL"] = try Self.redis(6)
      let directory = try TemporaryDirectory()
      let file = "\(directory.path)/balances.csv"
      let rows = (1...40).map { "user-\($0),points,\($0)\n" }
      try Data(("user,type,balance\n" + rows.joined()).utf8).write(to: URL(filePath: file))
      #expect(try Program.run(["import", file], environment: environment).ending == .exited(0))
      #expect(try Program.run(["rebuild"], environment: environment).ending == .exited(0))
      try Self.damage(
        6,
        """
        local k = redis.call('KEYS', '*:balance')[1]
        for _, member in ipairs(redis.call('ZRANGE', k, 0, -1)) do
          if string.sub(member, -7) == 'user-40' then redis.call('ZREM', k, member) end
        end
        redis.call('ZADD', k, 7, 'ghost')
        """
      )
      let found = try Program.run(["verify"], environment: environment)
      #expect(found.ending == .exited(2) && found.output.contains("unlisted 1"), "\(found.output)")
      #expect(found.output.contains("ghost_member 1"))
      let one = try Program.run(
        ["verify", "--repair", "--json", "--user", "user-40"], environment: environment)
      #expect(one.ending == .exited(0) && one.output.contains(#""repaired":1,"#), "\(one.output)")
      let repaired = try Program.run(["verify", "--repair"], environment: environment)
      #expect(
        repaired.ending == .exited(0) && repaired.output.contains("ghost_member 1"), "\(repaired.output)")
      let whole = try Program.run(["verify"], environment: environment)
      #expect(whole.ending == .exited(0) && !whole.output.contains("ghost"), "\(whole.output)")
    }

    @Test(arguments: [["--type"], ["--user"], ["--user", ""], ["--colour", "blue"]])
    func `a mistake is status 1, for 2 is a finding`(arguments: [String]) throws {
      let run = try Program.run(
        ["verify"] + arguments, environment: ["POINTS_DATABASE_URL": "postgresql://u@127.0.0.1:1/d"])
      #expect(run.ending == .exited(1))
      #expect(run.output.isEmpty && !run.complaints.isEmpty)
    }

    @Test func `a point type that is not there is told`() async throws {
      var environment = try Stores.environment()
      environment["POINTS_DATABASE_URL"] = try await LedgerDatabase.make().url
      let run = try Program.run(["verify", "--type", "gold"], environment: environment)
      #expect(run.ending == .exited(1) && run.complaints.contains("there is no point type gold"))
    }

    @Test func `help tells of every status`() throws {
      let run = try Program.run(["verify", "--help"])
      #expect(run.ending == .exited(0) && run.output.contains("3 the ledger itself is broken"))
    }

    private static func damage(_ number: Int, _ script: String) throws {
      let redis = try Stores.running().redis
      let password = try #require(redis.password)
      let arguments = [
        "-s", redis.socketPath, "--no-auth-warning", "-a", password, "-n", "\(number)", "EVAL", script, "0",
      ]
      let reply = try Tool(program: "/usr/bin/redis-cli", arguments: arguments).run(
        until: .now + .seconds(10))
      try #require(!reply.contains("ERR"), "\(reply)")
    }

    /// A number of its own on the shared Redis: other tests have mirrors there.
    private static func redis(_ number: Int) throws -> String {
      let url = try #require(try Stores.running().redis.loopbackURL)
      return "\(url.dropLast())\(number)"
    }
  }
}
