// Backing up and restoring, by the commands of docs/operations.md, on real servers and under load. The mirror
// in Redis is that of the ledger that was lost: it has more than the restored one, and nobody may read it.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct RestoreTests {
    @Test func `a dump that was taken under load is restored into another cluster`() async throws {
      let installation = try await Installation.make()
      let keeper = try Operator()
      keeper.set("LEDGER", installation.databaseURL)
      var service: ServiceProcess? = try ServiceProcess(on: installation)
      let port = try #require(service?.port)
      try installation.waitUntilMirrored([port])
      var awards = RestoredLedger.Awards()
      awards.kept = try await post(100, to: port, of: installation, "kept")
      let load = PostingLoad(on: [port], key: installation.service, label: "between")
      #expect(load.goesOn(by: 20, within: .seconds(20)))
      try keeper.follow("dump")
      #expect(load.goesOn(by: 20, within: .seconds(20)))
      awards.between = load.stop().awards
      let redis = RedisFiles(of: installation.servers)
      try redis.keep(in: keeper)
      awards.lost = try await post(100, to: port, of: installation, "lost")
      service?.kill()
      service = nil

      var options = EmbeddedOptions.forTests
      options.includesPostgres = true
      let other = try EmbeddedServers.start(options)
      defer { other.stop() }
      let server = other.postgres.connectionURL
      let restored = server.replacing("///points?", with: "///points_restored?")
      keeper.set("SERVER", server.replacing("///points?", with: "///postgres?"))
      keeper.set("RESTORED", restored)
      try keeper.follow("restore-dump")
      let login = restored.replacing("user=points", with: "user=points_login")
      try keeper.follow("grant-login")
      let ledger = try RestoredLedger(installation, at: login)
      let balances = try ledger.check(awards)

      // Redis loses all that it was told since the dump, and gets back what it held then.
      try redis.putBack(from: keeper)
      let audit = try LedgerAudit(port: ledger.process.port, key: installation.service)
      #expect(try Eventually.holds(within: .seconds(20)) { try audit.boardsShow(balances) })
      try ledger.expectMirrored(audit, balances)
    }

    @Test func `a base backup is brought to an instant by its archive, on a timeline of its own`()
      async throws
    {
      let keeper = try Operator()
      var options = EmbeddedOptions.forTests
      options.listensOnLoopback = true
      options.postgresSettings = try keeper.settings("archive")
      let servers = try EmbeddedServers.start(options)
      defer { servers.stop() }
      let installation = try await Installation.make(on: servers)
      keeper.set("LEDGER", installation.databaseURL)
      // What the server got as arguments, the restored one finds in its file.
      try keeper.run(
        """
        printf '%s\\n' "unix_socket_directories = '\(keeper.backups)/sockets'" "listen_addresses = ''" \
          'fsync = off' 'max_connections = 400' >>'\(servers.directory)/postgres/postgresql.conf'
        """, asServer: true)
      var service: ServiceProcess? = try ServiceProcess(on: installation)
      let port = try #require(service?.port)
      try installation.waitUntilMirrored([port])
      var awards = RestoredLedger.Awards()
      let load = PostingLoad(on: [port], key: installation.service, label: "kept")
      #expect(load.goesOn(by: 20, within: .seconds(20)))
      try keeper.follow("base-backup", asServer: true)
      #expect(load.goesOn(by: 20, within: .seconds(20)))
      awards.kept = load.stop().awards
      let instant = try keeper.run("psql -XAtc 'SELECT clock_timestamp()' \"$LEDGER\"")
      awards.lost = try await post(100, to: port, of: installation, "lost")
      try keeper.follow("close-segment")
      service?.kill()
      service = nil
      servers.postgres.kill()

      let data = "\(keeper.backups)/data"
      let restored = installation.databaseURL.replacing(
        /host=[^&]*&port=\d+/, with: "host=\(keeper.backups)/sockets&port=5432")
      keeper.set("PGDATA", data)
      keeper.set("LEDGER", restored)
      keeper.set("INSTANT", instant.trimmingCharacters(in: .whitespacesAndNewlines))
      defer { _ = try? keeper.run("pg_ctl stop --mode=immediate", asServer: true) }
      try keeper.follow("restore-base", asServer: true)
      let timeline = try keeper.run(
        "psql -XAtc 'SELECT timeline_id FROM pg_control_checkpoint()' \"$LEDGER\"")
      #expect(timeline.hasPrefix("2"))
      _ = try RestoredLedger(installation, at: restored).check(awards)
    }

    /// Some awards, all of which are answered.
    private func post(
      _ count: Int, to port: UInt16, of installation: Installation, _ label: String
    ) async throws -> [PostingLoad.Award] {
      let load = PostingLoad(on: [port], key: installation.service, label: label)
      #expect(load.goesOn(by: count, within: .seconds(20)))
      let record = load.stop()
      #expect(record.wrong == [] && record.refused == 0)
      return record.awards
    }
  }
}

/// The append-only files of a Redis, as somebody might copy them.
private struct RedisFiles {
  private let servers: EmbeddedServers
  private let folder: String

  init(of servers: EmbeddedServers) {
    self.servers = servers
    folder = "\(servers.directory)/redis/appendonlydir"
  }

  func keep(in keeper: Operator) throws {
    try keeper.run("cp -a '\(folder)' '\(keeper.backups)/redis'", asServer: true)
  }

  func putBack(from keeper: Operator) throws {
    servers.redis.stop()
    try keeper.run("rm -r '\(folder)' && cp -a '\(keeper.backups)/redis' '\(folder)'", asServer: true)
    try servers.redis.start()
  }
}
