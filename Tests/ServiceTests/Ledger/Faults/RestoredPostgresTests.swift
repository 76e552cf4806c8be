// Postgres comes back as it was before, while Redis has what it then had. Nobody tells the services.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct RestoredPostgresTests {
    /// The worst of them: the cluster is the same, and the batch at which the mirror stands is there.
    @Test
    func `files that are put back behind the newest sends are noticed, and what they lack is not shown`()
      async throws
    {
      let installation = try await SmallCluster.installation()
      let services = try ServicePair(on: installation)
      try installation.waitUntilMirrored(services.ports)
      var desk = try RestoredDesk(installation, services.ports)
      for user in 0..<6 { try desk.award("user-\(user)", 100) }
      #expect(try desk.boardsAreEqual(within: Ordeal.healing))

      // Nobody follows, so the mirrors stay where they are while lanes send newer things.
      try desk.nobodyFollows()
      let files = try PostgresFiles(of: installation.servers)
      for user in 0..<3 { try desk.award("user-\(user)", 1_000, isLost: true) }
      try desk.award("newcomer", 5_000, isLost: true)
      installation.servers.postgres.stop()
      try files.putBack()
      try installation.servers.postgres.start()

      #expect(try desk.everyWorkerAnswers(from: "ledger", within: Ordeal.healing))
      // Under the very revisions that were lost, other things happen now.
      try desk.award("user-0", 1)
      try desk.award("user-1", 2)
      // A ranking is five seconds old at most when it is given out, and reading one takes its time.
      #expect(try desk.boardsAreEqual(within: .seconds(15), from: "ledger"))
      try desk.somebodyFollows()
      #expect(
        try desk.neverShowsWhatIsLost(until: { try desk.boardsAreEqual(within: .zero) }, Ordeal.healing))
      try desk.expectRetriesAreNew()
      #expect(try desk.boardsAreEqual(within: Ordeal.healing))
    }

    @Test func `a restart of Postgres that lost nothing costs no mirror`() async throws {
      let installation = try await Installation.make()
      let services = try ServicePair(on: installation)
      try installation.waitUntilMirrored(services.ports)
      var desk = try RestoredDesk(installation, services.ports)
      for user in 0..<20 { try desk.award("user-\(user)", 100) }
      #expect(try desk.boardsAreEqual(within: Ordeal.healing))
      let rebuilds = try desk.metric("points_mirror_rebuilds_total")
      let proofs = try desk.metric("points_mirror_proofs_total")
      for fault in [Fault.killed, .stopped] {
        fault.strike(.postgres, installation.servers)
        try fault.undo(.postgres, installation.servers)
        #expect(try desk.serves(within: Ordeal.healing))
        #expect(try desk.everyWorkerAnswers(from: "redis", within: Ordeal.healing))
      }
      #expect(try desk.boardsAreEqual(within: Ordeal.healing))
      #expect(try desk.metric("points_mirror_rebuilds_total") == rebuilds)
      #expect(try desk.metric("points_mirror_proofs_total") > proofs)
    }

    @Test func `both stores started anew at once, with older files of one, are noticed as well`() async throws
    {
      let installation = try await SmallCluster.installation()
      let services = try ServicePair(on: installation)
      try installation.waitUntilMirrored(services.ports)
      var desk = try RestoredDesk(installation, services.ports)
      for user in 0..<6 { try desk.award("user-\(user)", 100) }
      #expect(try desk.boardsAreEqual(within: Ordeal.healing))
      try desk.nobodyFollows()
      let files = try PostgresFiles(of: installation.servers)
      for user in 0..<3 { try desk.award("user-\(user)", 1_000, isLost: true) }
      // And all processes: nobody remembers anything.
      services[0].kill()
      services[1].kill()
      installation.servers.redis.stop()
      installation.servers.postgres.stop()
      try files.putBack()
      try installation.servers.postgres.start()
      try installation.servers.redis.start()
      try services.restart(0)
      try services.restart(1)
      desk = try desk.again(services.ports)
      try desk.somebodyFollows()
      #expect(
        try desk.neverShowsWhatIsLost(until: { try desk.boardsAreEqual(within: .zero) }, Ordeal.healing))
      try desk.award("user-0", 1)
      #expect(try desk.boardsAreEqual(within: Ordeal.healing))
    }

    @Test func `a dump restored into a new database is served, and nothing of the old one`() async throws {
      let installation = try await Installation.make()
      let services = try ServicePair(on: installation)
      try installation.waitUntilMirrored(services.ports)
      var desk = try RestoredDesk(installation, services.ports)
      for user in 0..<6 { try desk.award("user-\(user)", 100) }
      let database = try DumpedDatabase(installation)
      for user in 0..<3 { try desk.award("user-\(user)", 1_000, isLost: true) }
      try desk.award("newcomer", 5_000, isLost: true)
      #expect(try desk.boardsAreEqual(within: Ordeal.healing, withLost: true))
      try database.restore()
      #expect(try desk.serves(within: Ordeal.healing))
      #expect(
        try desk.neverShowsWhatIsLost(until: { try desk.boardsAreEqual(within: .zero) }, Ordeal.healing))
      try desk.expectRetriesAreNew()
      #expect(try desk.boardsAreEqual(within: Ordeal.healing))
    }
  }
}

/// Servers with hardly anything on them: all their files are copied while nobody gets on.
private enum SmallCluster {
  private static let servers = Result { () throws -> EmbeddedServers in
    var options = EmbeddedOptions.forTests
    options.listensOnLoopback = true
    return try EmbeddedServers.startUntilExit(options)
  }

  /// On a database of its own.
  static func installation() async throws -> Installation {
    let servers = try servers.get()
    let name = "restored_\(UUID().uuidString.prefix(8).lowercased())"
    let url = servers.postgres.connectionURL
    try ServerTools.sql(["CREATE DATABASE \(name)"], in: url, of: servers)
    try StoreConsole(servers.redis).run("FLUSHALL")
    let own = url.replacing("///points?", with: "///\(name)?")
    try LedgerDatabase.migrateWaiting(own)
    return try await Installation.make(on: servers, own)
  }
}

/// A dump of an installation's database, for another that takes its name.
private struct DumpedDatabase {
  private let installation: Installation
  private let name: String
  private let file: String

  init(_ installation: Installation) throws {
    self.installation = installation
    name = String(installation.databaseURL.dropFirst("postgresql:///".utf8.count).prefix { $0 != "?" })
    file = "\(installation.servers.directory)/\(name).dump"
    try ServerTools.postgres(
      "pg_dump", ["-Fc", "-f", file, "-d", installation.databaseURL], of: installation.servers)
  }

  /// As an administrator does it who keeps the broken one for later.
  func restore() throws {
    let url = { (database: String) in
      installation.databaseURL.replacing("///\(name)?", with: "///\(database)?")
    }
    let servers = installation.servers
    try ServerTools.sql(["CREATE DATABASE \(name)_new"], in: url("postgres"), of: servers)
    try ServerTools.postgres("pg_restore", ["-d", url("\(name)_new"), file], of: servers)
    try ServerTools.sql(
      [
        "ALTER DATABASE \(name) ALLOW_CONNECTIONS false",
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '\(name)'",
        "ALTER DATABASE \(name) RENAME TO \(name)_lost", "ALTER DATABASE \(name)_new RENAME TO \(name)",
      ], in: url("postgres"), of: servers)
  }
}
