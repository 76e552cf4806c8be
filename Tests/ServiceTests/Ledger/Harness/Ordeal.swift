// A fault under load: two processes post while it lasts, and then everything is held to what
// docs/consistency.md promises. For tests of one fault each.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

/// What a test of one fault has.
struct Ordeal {
  let installation: Installation
  let services: ServicePair
  private var world = FaultWorld()
  private var rounds = 0

  /// From the end of a fault to callers being served again: a store is looked for every two seconds at most,
  /// and the machine may be busy.
  static let recovery = Duration.seconds(30)
  /// In which the boards equal the ledger once all is well.
  static let promised = Duration.seconds(5)
  /// The same on a machine that is busy.
  static let healing = Duration.seconds(20)

  /// Perhaps with settings of its own for each process.
  init(_ installation: Installation, _ settings: [[String: String]] = [[:], [:]]) throws {
    self.installation = installation
    services = try ServicePair(on: installation, settings)
    try installation.waitUntilMirrored(services.ports)
  }

  /// Has a fault strike and be made good while points are posted, and tells how the load fared. Everything
  /// that was acknowledged is there once then, everything else settled, and the boards equal.
  @discardableResult
  mutating func endure(
    _ fault: (PostingLoad) throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> PostingLoad.Record {
    rounds += 1
    let load = PostingLoad(
      on: services.ports, key: installation.service, connections: 12, label: "round-\(rounds)")
    let begins = load.goesOn(by: 50, within: Self.recovery)
    let struck = Result { try fault(load) }
    let returns = load.goesOn(by: 50, within: Self.recovery)
    let record = load.stop()
    try struck.get()
    #expect(begins && returns, "nobody is served", sourceLocation: sourceLocation)
    #expect(record.wrong == [], sourceLocation: sourceLocation)
    let faults = try world.settle(record, installation, services.ports[rounds % 2])
    #expect(faults == [], sourceLocation: sourceLocation)
    let heals = try world.boardsAreEqual(installation, services.ports, within: Self.healing)
    #expect(heals, "the boards are not what the ledger says", sourceLocation: sourceLocation)
    if !heals { print(try world.differences(installation, services)) }
    return record
  }

  /// From where a process tells the board; nil if it does not.
  func source(_ place: Int) throws -> String? {
    let caller = try Caller(port: services.ports[place])
    return try caller.ask(.get("/points/leaderboard?limit=1", as: installation.service)).json["source"].text
  }
}
