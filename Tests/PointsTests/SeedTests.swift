// `points seed`: the same world, however often it is asked for and however it was stopped.
import Foundation
import TestSupport
import Testing

extension WholeProgram {
  @Suite struct SeedTests {
    @Test func `the same numbers make the same world and other numbers another`() async throws {
      let (one, same, other) = (try await SeedDesk(), try await SeedDesk(), try await SeedDesk())
      for (desk, seed) in [(one, "7"), (same, "7"), (other, "8")] {
        let run = try desk.run("--users", "1500", "--seed", seed, "--categories", "pvp,pve")
        #expect(run.ending == .exited(0), "\(run.complaints)")
        #expect(run.output.hasPrefix("1500 users with ") && run.output.contains("(points 1500, gems "))
        #expect(try desk.facts.brokenAccounts() == 0)
      }
      #expect(try one.facts.world() == same.facts.world())
      #expect(try one.facts.world() != other.facts.world())

      // As boards go: many share a score, and few have nearly everything.
      let points = "accounts WHERE point_type_id = (SELECT id FROM point_types WHERE name = 'points')"
      let shared = "SELECT max(n) FROM (SELECT count(*) AS n FROM \(points) GROUP BY balance) AS scores"
      #expect(try #require(Int(one.facts.ask(shared))) > 100)
      let skew =
        "SELECT max(balance) > 100 * percentile_disc(0.5) WITHIN GROUP (ORDER BY balance) FROM \(points)"
      #expect(try one.facts.ask(skew) == "t")
      #expect(try one.facts.count("transactions WHERE kind = 'reversal'") > 10)
      #expect(try one.facts.count("transactions WHERE type = 'debit' AND kind <> 'reversal'") > 100)
      #expect(try one.facts.ask("SELECT string_agg(DISTINCT category, ' ') FROM transactions") == "pve pvp")
      let weeks =
        "SELECT min(occurred_at) < now() - interval '6 weeks', max(occurred_at) < now() FROM transactions"
      #expect(try one.facts.ask(weeks) == "t|t")

      let (transactions, batches) = (try one.facts.count("transactions"), try one.facts.count("batches"))
      let again = try one.run("--users", "1500", "--seed", "7", "--categories", "pvp,pve")
      #expect(again.ending == .exited(0))
      #expect(
        again.output.contains("\(transactions) transactions, of which \(transactions) were there already"))
      #expect(try one.facts.count("transactions") == transactions && one.facts.count("batches") == batches)
    }

    @Test func `a world that is killed again and again becomes what it would have been`() async throws {
      let (killed, whole) = (try await SeedDesk(), try await SeedDesk())
      let arguments = ["--users", "6000", "--transactions-per-user", "4"]
      var kills = 0
      for goal in [1, 8_000, 16_000] {
        let program = try killed.start(arguments)
        let isThere = try Eventually.holds(within: .seconds(60)) {
          try killed.facts.count("transactions") >= goal || program.end(within: .zero) != .stillRunning
        }
        #expect(isThere)
        program.signal(SIGKILL)
        if program.end(within: .seconds(10)) == .killed(SIGKILL) { kills += 1 }
      }
      #expect(kills > 0)
      for desk in [killed, whole] {
        let program = try desk.start(arguments)
        #expect(program.end(within: .seconds(120)) == .exited(0), "\(program.complaints)")
      }
      #expect(try killed.facts.world() == whole.facts.world())
      #expect(try killed.facts.brokenAccounts() == 0)
    }

    @Test func `a world that was begun on another day goes on with the days it began with`() async throws {
      let arguments = ["--users", "6000", "--transactions-per-user", "4"]
      var broken: SeedDesk?
      // Whoever looks late finds it done.
      for _ in 0..<10 where broken == nil { broken = try await Self.brokenOff(arguments) }
      let (stopped, whole) = (try #require(broken), try await SeedDesk())
      #expect(try whole.start(arguments).end(within: .seconds(120)) == .exited(0))
      // As if both had been begun nine days earlier.
      let past = """
        SET session_replication_role = replica;
        UPDATE transactions SET occurred_at = occurred_at - interval '216 hours'
        """
      for desk in [stopped, whole] { try desk.facts.ask(past) }
      let last = try stopped.start(arguments)
      #expect(last.end(within: .seconds(120)) == .exited(0), "\(last.complaints)")
      let days = """
        SELECT md5(string_agg(format('%s %s %s %s', user_id, point_type_id = (SELECT id FROM point_types WHERE
          name = 'points'), version, occurred_at), ' ' ORDER BY user_id, point_type_id, version))
        FROM transactions WHERE point_type_id = (SELECT id FROM point_types WHERE name = 'points')
        """
      #expect(try stopped.facts.ask(days) == whole.facts.ask(days))
      #expect(try stopped.facts.world() == whole.facts.world())

      try stopped.facts.ask(
        "SET session_replication_role = replica; UPDATE transactions SET occurred_at = occurred_at"
          + " - interval '1 hour' WHERE version = 1")
      let mixed = try stopped.run(arguments)
      #expect(mixed.ending == .exited(1) && mixed.complaints.contains("POINTS_OCCURRED_PAST"))
    }

    /// A world that was killed when some of it was there; nil if it was all there by then.
    private static func brokenOff(_ arguments: [String]) async throws -> SeedDesk? {
      let desk = try await SeedDesk()
      let program = try desk.start(arguments)
      let isThere = try Eventually.holds(within: .seconds(60)) {
        try desk.facts.count("transactions") >= 1 || program.end(within: .zero) != .stillRunning
      }
      #expect(isThere)
      program.signal(SIGKILL)
      return program.end(within: .seconds(10)) == .killed(SIGKILL) ? desk : nil
    }

    @Test func `a ledger of somebody is left alone unless told otherwise`() async throws {
      let desk = try await SeedDesk()
      #expect(try desk.run("--users", "10").ending == .exited(0))
      let world = try desk.facts.world()
      let refused = try desk.run("--users", "10", "--seed", "2")
      #expect(refused.ending == .exited(1) && refused.complaints.contains("--into-existing"))
      #expect(try desk.facts.world() == world)
      #expect(try desk.run("--users", "10", "--seed", "2", "--into-existing").ending == .exited(0))
      #expect(try desk.facts.brokenAccounts() == 0)
    }

    @Test(arguments: [
      ["--users", "0"], ["--types", "9"], ["--seed", "-1"], ["--transactions-per-user"], ["here"],
      ["--users", "5", "--users", "6"], ["--colour", "blue"],
    ])
    func `a mistaken request is a mistake of its author`(arguments: [String]) throws {
      let run = try Program.run(
        ["seed"] + arguments, environment: ["POINTS_DATABASE_URL": "postgresql://u@127.0.0.1:1/d"])
      #expect(run.ending == .exited(2) && run.output.isEmpty && !run.complaints.isEmpty)
    }
  }
}

private struct SeedDesk {
  let facts: LedgerFacts

  init() async throws {
    facts = LedgerFacts(url: try await LedgerDatabase.make().url)
  }

  func start(_ arguments: [String]) throws -> Program {
    try Program(["seed"] + arguments, environment: ["POINTS_DATABASE_URL": facts.url])
  }

  func run(_ arguments: String...) throws -> (ending: Ending, output: String, complaints: String) {
    try run(arguments)
  }

  func run(_ arguments: [String]) throws -> (ending: Ending, output: String, complaints: String) {
    let program = try start(arguments)
    let ending = program.end(within: .seconds(60))
    return (ending, program.output, program.complaints)
  }
}
