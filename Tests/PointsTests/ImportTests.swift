// `points import`, as whoever moves in from elsewhere uses it.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

extension WholeProgram {
  @Suite struct ImportTests {
    @Test func `each line is imported once and each bad one reported, whatever stands beside it`()
      async throws
    {
      let desk = try await ImportDesk()
      try desk.facts.ask("INSERT INTO point_types (name, display_name, enabled) VALUES ('old', 'Old', false)")
      try desk.facts.ask("INSERT INTO users (id, enabled) VALUES ('banned', false)")
      let file = try desk.write(
        """
        balance,user,type,reason\r
        100,ann,points,"from ""the"" old, system"\r

        5x,bob,points,\r
        7,zoe,nope,\r
        100,ann,points,again\r
        101,ann,points,\r
        1,gone,old,\r
        1,banned,points,\r
        9,"b""ob",points,\r
        3,short,points\r
        2,caf\u{E9},points,
        """)
      let report = "\(desk.directory.path)/refused.csv"
      let run = try desk.run(file, "--report", report)
      #expect(run.ending == .exited(2), "\(run.complaints)")
      #expect(run.output.hasPrefix("3 lines imported, 1 were there already, 6 refused (see \(report));"))
      let refused = try String(contentsOfFile: report, encoding: .utf8).split(separator: "\n")
      #expect(refused.first == "refused_line,refused_code,refused_because,balance,user,type,reason")
      #expect(
        refused.dropFirst().map { $0.split(separator: ",").prefix(2).joined(separator: " ") } == [
          "4 invalid_amount", "5 unknown_type", "7 conflict", "8 type_disabled", "9 user_disabled",
          "11 wrong_column_count",
        ])
      #expect(refused[1].hasSuffix(",5x,bob,points,"))
      let rows = "SELECT user_id, amount, kind, reason FROM transactions ORDER BY user_id"
      #expect(
        try desk.facts.ask(rows)
          == "ann|100|genesis|from \"the\" old, system\nb\"ob|9|genesis|\ncaf\u{E9}|2|genesis|")

      // Again, nothing is done; once corrected, the report is an import like any other.
      let world = try desk.facts.world()
      let again = try desk.run(file)
      #expect(again.ending == .exited(2))
      #expect(again.output.hasPrefix("0 lines imported, 4 were there already, 6 refused (see above);"))
      #expect(again.complaints.contains("points import: line 7: conflict: "))
      #expect(try desk.facts.world() == world)
      try desk.facts.ask("UPDATE users SET enabled = true")
      let corrected = try desk.write(
        [refused[0], refused[1].replacing("5x", with: "5"), refused[5]].joined(separator: "\n"))
      #expect(try desk.run(corrected).ending == .exited(0))
      #expect(
        try desk.facts.ask("SELECT sum(balance) FROM accounts WHERE user_id IN ('bob', 'banned')") == "6")
    }

    @Test func `types and names are brought along, and a name that is there stays`() async throws {
      let desk = try await ImportDesk()
      try desk.facts.ask("INSERT INTO users (id, display_name) VALUES ('bob', 'Robert')")
      let file = try desk.write(
        """
        \u{FEFF}user,type,balance,display_name,occurred_at,description
        ann,points,1,,2019-05-01T10:00:00+02:00,"two
        lines"
        ann,gems,2,Ann,,
        bob,gems,3,Bob,,
        cleo,points,4,Cleo,,
        """)
      #expect(try desk.run(file, "--dry-run").ending == .exited(2))
      #expect(try desk.facts.count("transactions") == 0 && desk.facts.count("users") == 1)
      let dry = try desk.run(file, "--dry-run", "--create-types")
      #expect(dry.ending == .exited(0) && dry.output.hasPrefix("4 lines would be imported, 0 were there"))
      #expect(try desk.facts.count("transactions") == 0 && desk.facts.count("point_types") == 1)
      let run = try desk.run(file, "--create-types")
      #expect(run.ending == .exited(0), "\(run.complaints)")
      let accounts = """
        SELECT user_id, p.name, balance, a.display_name
        FROM accounts a JOIN point_types p ON p.id = point_type_id
        """
      #expect(
        try desk.facts.ask(accounts + " ORDER BY 1, 2")
          == "ann|gems|2|Ann\nann|points|1|Ann\nbob|gems|3|Robert\ncleo|points|4|Cleo")
      let first = "SELECT occurred_at AT TIME ZONE 'UTC', description FROM transactions WHERE amount = 1"
      #expect(try desk.facts.ask(first) == "2019-05-01 08:00:00|two\nlines")
      #expect(try desk.run(file, "--dry-run").output.hasPrefix("0 lines would be imported, 4 were there"))
      #expect(try desk.run(file, "--key-prefix", "second").output.hasPrefix("4 lines imported"))
      // What stands is not questioned again because somebody was disabled since.
      try desk.facts.ask("UPDATE users SET enabled = false")
      try desk.facts.ask("UPDATE point_types SET enabled = false")
      #expect(try desk.run(file).output.hasPrefix("0 lines imported, 4 were there already, 0 refused"))
      #expect(try desk.run(file, "--key-prefix", "third").complaints.contains("line 2: type_disabled"))
      #expect(try desk.facts.brokenAccounts() == 0)
    }

    @Test func `a file whose columns are mixed up does not make types without end`() async throws {
      let desk = try await ImportDesk()
      let rows = (1...200).map { "points,user-\($0),1" }
      let file = try desk.write("user,type,balance\n" + rows.joined(separator: "\n"))
      let run = try desk.run(file, "--create-types")
      #expect(
        run.ending == .exited(2) && run.output.hasPrefix("64 lines imported, 0 were there already, 136"))
      #expect(try desk.facts.count("point_types") == 65)
    }

    @Test func `only registered users get points where only they may`() async throws {
      let desk = try await ImportDesk()
      try desk.facts.ask("INSERT INTO users (id) VALUES ('ann')")
      let file = try desk.write("user,type,balance,display_name\nann,points,1,Ann\nbob,points,1,Bob\n")
      let run = try desk.run(file, "--users", "registered")
      #expect(run.ending == .exited(2) && run.complaints.contains("line 3: user_unknown"))
      #expect(try desk.facts.ask("SELECT id, display_name FROM users") == "ann|Ann")
      #expect(try desk.run(file).ending == .exited(0))
    }

    @Test func `an import that is killed again and again brings every line once`() async throws {
      let desk = try await ImportDesk()
      let lines = 12_000
      let rows = (1...lines).map { number in
        "user-\(number % 9_000),\(number > 9_000 ? "gems" : "points"),\(number),Name \(number % 9_000)"
      }
      let file = try desk.write("user,type,balance,display_name\n" + rows.joined(separator: "\n"))
      var kills = 0
      for goal in [1, 3_000, 7_000] {
        let program = try desk.start(file, "--create-types")
        let isThere = try Eventually.holds(within: .seconds(60)) {
          try desk.facts.count("transactions") >= goal || program.end(within: .zero) != .stillRunning
        }
        #expect(isThere)
        program.signal(SIGKILL)
        if program.end(within: .seconds(10)) == .killed(SIGKILL) { kills += 1 }
      }
      #expect(kills > 0)
      // What the last one has sent may still be done.
      let isQuiet = try Eventually.holds(within: .seconds(60)) { try desk.facts.others() == 0 }
      #expect(isQuiet)
      let before = try desk.facts.count("transactions")
      let last = try desk.start(file, "--create-types")
      #expect(last.end(within: .seconds(120)) == .exited(0), "\(last.complaints)")
      #expect(
        last.output.hasPrefix("\(lines - before) lines imported, \(before) were there already, 0 refused"))
      #expect(try desk.facts.count("transactions") == lines && desk.facts.count("accounts") == lines)
      #expect(try desk.facts.ask("SELECT sum(balance) FROM accounts") == "\(lines * (lines + 1) / 2)")
      #expect(try desk.facts.count("users WHERE display_name IS NULL") == 0)
      #expect(try desk.facts.brokenAccounts() == 0)
      let batches = try desk.facts.count("batches")
      let again = try desk.start(file, "--create-types")
      #expect(again.end(within: .seconds(120)) == .exited(0))
      #expect(again.output.hasPrefix("0 lines imported, \(lines) were there already, 0 refused"))
      #expect(try desk.facts.count("batches") == batches)
    }

    @Test func `an import whose sessions are ended again and again goes on by itself`() async throws {
      let desk = try await ImportDesk()
      let rows = (1...8_000).map { "user-\($0),points,\($0)" }
      let program = try desk.start(try desk.write("user,type,balance\n" + rows.joined(separator: "\n")))
      let end = """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """
      var ended = 0
      for goal in [1, 2_000, 4_000] {
        _ = try Eventually.holds(within: .seconds(60)) {
          try desk.facts.count("transactions") >= goal || program.end(within: .zero) != .stillRunning
        }
        ended += Int(try desk.facts.ask(end)) ?? 0
      }
      #expect(ended > 0)
      #expect(program.end(within: .seconds(120)) == .exited(0), "\(program.complaints)")
      #expect(program.output.contains(", 0 refused;"))
      #expect(try desk.facts.count("transactions") == 8_000 && desk.facts.brokenAccounts() == 0)
    }

    @Test func `a line that found no room is reported, and goes in once it is corrected or there is room`()
      async throws
    {
      let desk = try await ImportDesk()
      let most = try desk.write("user,type,balance\nann,points,9223372036854775707\n")
      #expect(try desk.run(most, "--key-prefix", "before").ending == .exited(0))
      // Whoever comes twice with two balances, of which the first finds no room, came once.
      let file = try desk.write("user,type,balance\nann,points,101\nbob,points,3\nann,points,90\n")
      let report = "\(desk.directory.path)/refused.csv"
      let run = try desk.run(file, "--report", report)
      #expect(
        run.ending == .exited(2) && run.output.hasPrefix("2 lines imported, 0 were there already, 1 refused"))
      let refused = try String(contentsOfFile: report, encoding: .utf8)
      #expect(refused.contains("\n2,overflow,") && refused.hasSuffix(",ann,points,101\n"), "\(refused)")
      #expect(try desk.facts.count("requests WHERE refusal IS NOT NULL") == 0)
      #expect(try desk.run(file).output.hasPrefix("0 lines imported, 2 were there already, 1 refused"))

      let other = try desk.write("user,type,balance\nann,points,11\n")
      #expect(try desk.run(other, "--key-prefix", "after").complaints.contains("line 2: overflow"))
      let corrected = try desk.write("user,type,balance\nann,points,10\n")
      #expect(try desk.run(corrected, "--key-prefix", "after").ending == .exited(0))
      #expect(try desk.run(other, "--key-prefix", "after").complaints.contains("line 2: conflict"))
      #expect(
        try desk.facts.ask("SELECT balance FROM accounts WHERE user_id = 'ann'") == "9223372036854775807")
      #expect(try desk.facts.brokenAccounts() == 0)
    }

    @Test func `what a pipe brings is imported as it comes, to its end`() async throws {
      let desk = try await ImportDesk()
      let pipe = "\(desk.directory.path)/pipe"
      #expect(unsafe mkfifo(pipe, 0o600) == 0)
      let rows = (1...2_500).map { "user-\($0),points,\($0)\n" }
      // Cut in the middle of a line, and held back until the lines before are in the ledger.
      let halves = [
        "user,type,balance\n" + rows[..<1_700].joined() + "user-1701,po",
        "ints,1701\n" + rows[1_701...].joined(),
      ]
      let facts = desk.facts
      let isFed = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        defer { isFed.signal() }
        guard let writing = FileHandle(forWritingAtPath: pipe) else { return }
        try? writing.write(contentsOf: Data(halves[0].utf8))
        _ = try? Eventually.holds(within: .seconds(60)) { try facts.count("transactions") >= 1_000 }
        try? writing.write(contentsOf: Data(halves[1].utf8))
        try? writing.close()
      }
      let program = try Program(
        ["import", "-"], environment: ["POINTS_DATABASE_URL": facts.url], input: pipe)
      #expect(program.end(within: .seconds(60)) == .exited(0), "\(program.complaints)")
      isFed.wait()
      #expect(program.output.hasPrefix("2500 lines imported, 0 were there already, 0 refused"))
      #expect(try facts.ask("SELECT sum(balance) FROM accounts") == "\(2_500 * 2_501 / 2)")
    }

    @Test func `an import goes on by itself when Postgres was killed and has come back`() async throws {
      let servers = try Stores.running()
      let desk = try await ImportDesk(on: servers)
      let rows = (1...8_000).map { "user-\($0),points,\($0)" }
      let program = try desk.start(try desk.write("user,type,balance\n" + rows.joined(separator: "\n")))
      var kills = 0
      for goal in [1, 3_000] {
        _ = try Eventually.holds(within: .seconds(60)) {
          try desk.facts.count("transactions") >= goal || program.end(within: .zero) != .stillRunning
        }
        if program.end(within: .zero) == .stillRunning { kills += 1 }
        servers.postgres.kill()
        try servers.postgres.start()
      }
      #expect(kills > 0)
      #expect(program.end(within: .seconds(120)) == .exited(0), "\(program.complaints)")
      #expect(program.output.contains(", 0 refused;"))
      #expect(try desk.facts.count("transactions") == 8_000 && desk.facts.brokenAccounts() == 0)
    }

    @Test func `two imports of one file at once bring every line once`() async throws {
      let desk = try await ImportDesk()
      let rows = (1...3_000).map { "user-\($0 % 2_000),points,\($0 % 2_000 + 1)" }
      let file = try desk.write("user,type,balance\n" + rows.joined(separator: "\n"))
      let both = [try desk.start(file), try desk.start(file)]
      for program in both {
        #expect(program.end(within: .seconds(60)) == .exited(0), "\(program.complaints)")
      }
      #expect(try desk.facts.count("transactions") == 2_000)
      #expect(try desk.facts.brokenAccounts() == 0)
    }

    @Test func `a running service shows what was imported beside it`() async throws {
      let environment = try Stores.environment()
      let service = try Program(["serve"], environment: environment)
      let port = try service.port()
      #expect(service.isReady(on: port))
      let keys = ["keys", "create", "--service", "board-page", "--role", "reader"]
      let key = try Program.run(keys, environment: environment).output.trimmingCharacters(in: .newlines)
      let type = "moved-\(UInt32.random(in: 0 ... .max))"
      let desk = try await ImportDesk()
      let file = try desk.write("user,type,balance,display_name\nann,\(type),5,\nbob,\(type),7,Bob\n")
      let run = try Program.run(["import", file, "--create-types"], environment: environment)
      #expect(run.ending == .exited(0), "\(run.complaints)")
      var reply = ""
      let isShown = try Eventually.holds(within: .seconds(60)) {
        reply = try Connection(port: port).get("/points/leaderboard?pointType=\(type)", key: key).text
        return reply.contains(#""source":"redis""#) && reply.contains(#""userId":"ann""#)
      }
      #expect(isShown, "\(reply)")
      #expect(reply.contains(#""displayName":"Bob""#))
    }

    @Test func `what cannot be begun is told, and changes nothing`() async throws {
      let desk = try await ImportDesk()
      let file = try desk.write("user,type,balance\nann,points,1\n")
      let cases: [([String], Int32, String)] = [
        ([], 2, "name the file"), ([file, file], 2, "one file at a time"),
        ([file, "--report"], 2, "needs a value"),
        ([file, "--key-prefix", ""], 2, "--key-prefix"), ([file, "--colour", "blue"], 2, "--colour"),
        (["/nowhere.csv"], 1, "No such file"), (["/"], 1, "directory"), (["-"], 1, "the file is empty"),
        ([try desk.write("")], 1, "the file is empty"),
        ([try desk.write("user,type\n")], 1, "no column balance"),
        ([file, "--report", file], 1, "would overwrite"),
        ([file, "--report", "/nowhere/r"], 1, "cannot be written"),
      ]
      for (arguments, status, words) in cases {
        let run = try desk.run(arguments)
        #expect(
          run.ending == .exited(status) && run.complaints.contains(words), "\(arguments) \(run.complaints)")
      }
      #expect(try desk.facts.count("users") == 0)
      #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("user,type"))
      let nobody = try Program.run(
        ["import", file], environment: ["POINTS_DATABASE_URL": "postgresql://u@127.0.0.1:1/d"])
      #expect(nobody.ending == .exited(1) && nobody.complaints.contains("no connection to Postgres"))
    }
  }
}

/// A ledger of a test's own, and files to import into it.
private final class ImportDesk {
  let facts: LedgerFacts
  let directory: TemporaryDirectory
  private var files = 0

  init(on servers: EmbeddedServers? = nil) async throws {
    let database =
      if let servers { try await LedgerDatabase.make(on: servers) } else { try await LedgerDatabase.make() }
    facts = LedgerFacts(url: try database.url)
    directory = try TemporaryDirectory()
  }

  func write(_ text: String) throws -> String {
    files += 1
    let path = "\(directory.path)/\(files).csv"
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  func start(_ arguments: String...) throws -> Program {
    try Program(["import"] + arguments, environment: ["POINTS_DATABASE_URL": facts.url])
  }

  func run(_ arguments: String...) throws -> (ending: Ending, output: String, complaints: String) {
    try run(arguments)
  }

  func run(_ arguments: [String]) throws -> (ending: Ending, output: String, complaints: String) {
    try Program.run(["import"] + arguments, environment: ["POINTS_DATABASE_URL": facts.url])
  }
}
