// What becomes of points while Postgres takes no writes, or has no room for them.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct PostgresFaultTests {
    @Test func `while Postgres is read-only nothing is posted, all is read, and then it goes on`()
      async throws
    {
      var ordeal = try Ordeal(try await Installation.make())
      let (installation, ports) = (ordeal.installation, ordeal.services.ports)
      let administer = { (statement: String) in
        try ServerTools.sql(
          [statement, "SELECT pg_reload_conf()"], in: installation.databaseURL, of: installation.servers)
      }
      defer { try? administer("ALTER SYSTEM RESET default_transaction_read_only") }
      // Of a type of their own, so that the boards of the load are those of its awards.
      let type = Call.post(
        "/points/types", #"{"name":"side","displayName":"Side"}"#, as: installation.admin)
      #expect(try Caller(port: ports[0]).ask(type).status == 201)
      let probe = Call.post(
        "/points/award", #"{"userId":"probe","amount":1,"pointType":"side"}"#, as: installation.service)
      // Several for each process, so that each of its workers is asked.
      let callers = try ports.flatMap { port in try (0..<4).map { _ in try Caller(port: port) } }
      let record = try ordeal.endure { _ in
        try administer("ALTER SYSTEM SET default_transaction_read_only = on")
        // Sessions are only signalled, and learn of it one after the other.
        let isReadOnly = try Eventually.holds(within: .seconds(20)) {
          try callers.allSatisfy { try $0.ask(probe).status == 503 }
        }
        #expect(isReadOnly)
        for port in ports {
          let caller = try Caller(port: port)
          for target in ["balance?userId=user-0", "history?userId=user-0", "leaderboard"] {
            #expect(try caller.ask(.get("/points/\(target)", as: installation.service)).status == 200)
          }
          let award = Call.post(
            "/points/award", #"{"userId":"nobody","amount":1}"#, as: installation.service)
          let refused = try caller.ask(award)
          #expect(refused.status == 503 && refused.code == "database_unavailable", "\(refused.body)")
          let balance = Call.get("/points/balance?userId=nobody&consistency=ledger", as: installation.service)
          #expect(try caller.ask(balance).json["version"].integer == 0)
        }
        try administer("ALTER SYSTEM RESET default_transaction_read_only")
      }
      #expect(record.refused > 0)
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "only root, with the right to mount, has a disk of any size"))
    func `a Postgres without room loses nothing, and goes on once it has some`() async throws {
      let disk = try SmallDisk()
      defer { disk.remove() }
      var ordeal = try Ordeal(try await disk.installation())
      let record = try ordeal.endure { load in
        let refused = load.refused
        try disk.fill()
        // A load that only stands still for a second may have met a busy machine, and room all the same.
        let isRefused = Eventually.holds(within: .seconds(60)) {
          !load.goesOn(by: 1, within: .seconds(1)) && load.refused > refused
        }
        #expect(isRefused, "there is no room for anything")
        try disk.empty()
        // It may have given up by itself; then whoever watches over it starts it again.
        try disk.startServerIfItEnded()
      }
      #expect(record.refused > 0)
    }
  }
}

/// Servers of a test's own, whose Postgres has a disk that can be filled.
private final class SmallDisk {
  private let servers: EmbeddedServers
  private let data: String
  private let filler: String

  static let canBeMade: Bool = {
    let place = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: place) }
    do {
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
      try ServerTools.run("/bin/mount", ["-t", "tmpfs", "-o", "size=64k", "points", place])
      try ServerTools.run("/bin/umount", [place])
      return true
    } catch {
      return false
    }
  }()

  init() throws {
    var options = EmbeddedOptions.forTests
    options.listensOnLoopback = true
    options.postgresSettings = ["wal_keep_size=0", "max_wal_size=32MB", "min_wal_size=32MB"]
    servers = try EmbeddedServers.startUntilExit(options)
    data = "\(servers.directory)/postgres"
    filler = "\(data)/filler"
    try LedgerDatabase.migrateWaiting(servers.postgres.connectionURL)
    servers.postgres.stop()
    let aside = "\(data).aside"
    try FileManager.default.moveItem(atPath: data, toPath: aside)
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: false)
    try ServerTools.run("/bin/mount", ["-t", "tmpfs", "-o", "size=256m,mode=0700", "points", data])
    try ServerTools.run("/bin/cp", ["-a", "\(aside)/.", data])
    try ServerTools.run("/bin/chown", ["--reference", aside, data])
    try FileManager.default.removeItem(atPath: aside)
    try servers.postgres.start()
  }

  func installation() async throws -> Installation {
    try await Installation.make(on: servers, servers.postgres.connectionURL)
  }

  /// To the last page.
  func fill() throws {
    try ServerTools.run("/bin/sh", ["-c", "dd if=/dev/zero of='\(filler)' bs=64k; test -s '\(filler)'"])
  }

  func empty() throws { try FileManager.default.removeItem(atPath: filler) }

  func startServerIfItEnded() throws {
    if servers.postgres.processID == nil { try servers.postgres.start() }
  }

  func remove() {
    servers.postgres.stop()
    _ = try? ServerTools.run("/bin/umount", [data])
    servers.stop()
  }
}
