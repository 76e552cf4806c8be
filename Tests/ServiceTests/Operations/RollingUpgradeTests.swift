// Two releases on one Postgres and one Redis: the one there is, as a process, and one after it that lays
// mirrors out in another way and brings a migration. Nobody who asks either of them may notice the other.
import BoardStore
import EmbeddedServers
import Foundation
import LedgerStore
import Service
import TestSupport
import Testing

extension WholeService {
  @Suite struct RollingUpgradeTests {
    /// It adds, and suits the release before.
    private static let last = Migration.all.last?.number ?? 0
    private static let addition = Migration(
      last + 1, "addition",
      Array(
        """
        ALTER TABLE accounts ADD COLUMN added bigint;
        ALTER TABLE transactions ADD COLUMN added text;
        CREATE TABLE added (id bigint PRIMARY KEY);
        """.utf8), worksFrom: last)

    private static var next: ReleaseTraits {
      var traits = ReleaseTraits()
      traits.layout = MirrorLayout(MirrorLayout.current.number + 1)
      traits.migrations.append(addition)
      return traits
    }

    @Test func `two releases run side by side, each right, and what the older one leaves is removed`()
      async throws
    {
      let installation = try await Installation.make()
      let old = try ServiceProcess(on: installation)
      try installation.waitUntilMirrored([old.port])
      var loads = [PostingLoad(on: [old.port], key: installation.service, connections: 6, label: "before")]
      #expect(loads[0].goesOn(by: 50, within: .seconds(20)))
      let migrations = Self.next.migrations
      let owner = try #require(installation.database).ownerOptions()
      _ = try await onNewLoop { try await Migrator(migrations).migrate(owner, on: $0) }
      #expect(loads[0].goesOn(by: 50, within: .seconds(20)), "the old release goes on under the new schema")
      let begun = loads
      loads = []
      let upgrade = Upgrade(installation: installation, old: old, begun: begun)
      try await installation.serving(as: Self.next) { new in try upgrade.run(beside: new.port) }
      // The new release is taken back.
      let back = try ServiceProcess(on: installation)
      let audit = try LedgerAudit(port: back.port, key: installation.service)
      let balances = try audit.balances()
      #expect(!balances.isEmpty)
      try installation.waitUntilMirrored([back.port])
      #expect(try audit.boardsShow(balances))
    }

    @Test func `a schema that takes away what a running process needs ends it in order`() async throws {
      let installation = try await Installation.make()
      let process = try ServiceProcess(on: installation)
      try installation.waitUntilMirrored([process.port])
      let caller = try Caller(port: process.port)
      let award = Call.post("/points/award", #"{"userId":"ann","amount":1}"#, as: installation.service)
      try await #require(installation.database).pretendNewer()
      do {
        let status = try caller.ask(award).status
        #expect(status == 201, "whoever has a session goes on")
      } catch CallError.closed {
        // A new session was made just now, so the process ends already.
      }
      // New sessions are made at any time; here all at once.
      try await #require(installation.database).run(
        "end_sessions",
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """)
      #expect(process.end(within: .seconds(20)) == .exited(1))
      #expect(
        process.log.contains("migrated by a newer version of Points, which added future"), "\(process.log)")
      let again = try Program.run(
        ["serve"],
        environment: [
          "POINTS_DATABASE_URL": installation.databaseURL,
          "POINTS_REDIS_URL": installation.servers.redis.connectionURL, "POINTS_LISTEN": "127.0.0.1:0",
        ])
      #expect(again.ending == .exited(1))
    }

    @Test func `scripts that Redis forgets under load are sent again, and nobody notices`() async throws {
      let installation = try await Installation.make()
      let processes = [try ServiceProcess(on: installation), try ServiceProcess(on: installation)]
      try installation.waitUntilMirrored(processes.map(\.port))
      let load = PostingLoad(on: processes.map(\.port), key: installation.service, connections: 12)
      for _ in 0..<25 {
        #expect(load.goesOn(by: 20, within: .seconds(20)))
        try StoreConsole(installation.servers.redis).run("SCRIPT FLUSH")
      }
      let record = load.stop()
      #expect(record.wrong == [] && record.refused == 0)
      #expect(record.unprojected == 0, "\(record.unprojected) of \(record.acknowledged)")
      var balances: [String: Int64] = [:]
      for award in record.awards { balances[award.user, default: 0] += award.amount }
      for process in processes {
        let audit = try LedgerAudit(port: process.port, key: installation.service)
        #expect(try audit.boardsShow(balances))
      }
    }
  }
}

/// The course of an upgrade, from the start of the first new process to the end of the last old one and
/// beyond.
private struct Upgrade: Sendable {
  let installation: Installation
  let old: ServiceProcess
  let begun: [PostingLoad]

  private static let old = MirrorLayout.current.number
  private static let oldKeys = "points:\(old):"
  private static let newKeys = "points:\(old + 1):"

  func run(beside port: UInt16) throws {
    let console = StoreConsole(installation.servers.redis)
    let key = installation.service
    // Each release promises what it shows to those who ask it, so each load stays with one.
    var loads = begun + [PostingLoad(on: [port], key: key, connections: 6, label: "new")]
    #expect(loads.allSatisfy { $0.goesOn(by: 200, within: .seconds(20)) })
    #expect(
      try console.keys(beginningWith: Upgrade.oldKeys) > 0 && console.keys(beginningWith: Upgrade.newKeys) > 0
    )
    var records = [begun[0].stop()]
    loads.removeFirst()
    old.kill()
    // An old process that died comes back, under the schema of the new release.
    let again = try ServiceProcess(on: installation)
    try installation.waitUntilMirrored([again.port])
    let late = PostingLoad(on: [again.port], key: key, connections: 6, label: "again")
    loads.append(late)
    #expect(loads.allSatisfy { $0.goesOn(by: 200, within: .seconds(20)) })
    records += loads.map { $0.stop() }
    #expect(
      records.allSatisfy { $0.wrong.isEmpty && $0.refused == 0 }, "\(records.flatMap(\.wrong).prefix(3))")

    let balances = expected(records)
    let audits = try [again.port, port].map { try LedgerAudit(port: $0, key: key) }
    #expect(try audits[0].balances() == balances)
    #expect(
      try Eventually.holds(within: Ordeal.healing) { try audits.allSatisfy { try $0.boardsShow(balances) } })
    let verified = try Program.run(
      ["verify"],
      environment: [
        "POINTS_DATABASE_URL": installation.databaseURL,
        "POINTS_REDIS_URL": installation.servers.redis.connectionURL,
      ])
    #expect(verified.ending == .exited(0), "\(verified.output)\(verified.complaints)")
    try end(again, console)
    #expect(try audits[1].boardsShow(balances))
  }

  private func end(_ last: ServiceProcess, _ console: StoreConsole) throws {
    #expect(last.stop() == .exited(0))
    let teller = try Operator()
    teller.set("LEDGER", installation.databaseURL)
    let lease = MirrorLayout.current.lease("follower")
    let isGone = "UPDATE leases SET expires_at = now() - interval '601 s' WHERE name = '\(lease)'"
    try teller.run("psql -X \"$LEDGER\" -c \"\(isGone)\"")
    let new = try console.keys(beginningWith: Upgrade.newKeys)
    #expect(
      try Eventually.holds(within: .seconds(20)) { try console.keys(beginningWith: Upgrade.oldKeys) == 0 })
    #expect(try console.keys(beginningWith: Upgrade.newKeys) == new)
    let leases = try teller.run(
      "psql -XAtc \"SELECT name FROM leases WHERE name LIKE 'follower%'\" \"$LEDGER\"")
    #expect(leases == "follower:\(Self.old + 1)\n")
  }

  private func expected(_ records: [PostingLoad.Record]) -> [String: Int64] {
    var balances: [String: Int64] = [:]
    for award in records.flatMap(\.awards) { balances[award.user, default: 0] += award.amount }
    return balances
  }
}
