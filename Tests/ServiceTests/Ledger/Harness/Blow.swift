// What a fault test does to the whole of services and stores, drawn by a seed.
import EmbeddedServers
import Foundation
import TestSupport

/// One blow, and how long it lasts before it is made good.
enum Blow: CustomStringConvertible {
  case killService(Int)
  case suspendService(Int, milliseconds: Int)
  /// Perhaps with the last bytes of what it had written, as when the machine goes with it.
  case killRedis(lostBytes: Int, milliseconds: Int)
  case suspendRedis(milliseconds: Int)
  case flushRedis
  case killPostgres(milliseconds: Int)
  case suspendPostgres(milliseconds: Int)

  static func random(among services: Int, using random: inout SeededGenerator) -> Blow {
    let service = Int.random(in: 0..<services, using: &random)
    let pause = Int.random(in: 0...2500, using: &random)
    let lostBytes = Bool.random(using: &random) ? 0 : Int.random(in: 1...60_000, using: &random)
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1, 2: return .killService(service)
    case 3: return .suspendService(service, milliseconds: pause * 2)
    case 4, 5: return .killRedis(lostBytes: lostBytes, milliseconds: pause / 4)
    case 6: return .suspendRedis(milliseconds: pause)
    case 7: return .flushRedis
    case 8: return .killPostgres(milliseconds: pause / 4)
    case _: return .suspendPostgres(milliseconds: pause)
    }
  }

  var description: String {
    switch self {
    case .killService(let place): "service \(place) killed"
    case .suspendService(let place, let pause): "service \(place) stopped for \(pause) ms"
    case .killRedis(let lost, let pause): "Redis killed for \(pause) ms, \(lost) bytes lost"
    case .suspendRedis(let pause): "Redis stopped for \(pause) ms"
    case .flushRedis: "Redis flushed"
    case .killPostgres(let pause): "Postgres killed for \(pause) ms"
    case .suspendPostgres(let pause): "Postgres stopped for \(pause) ms"
    }
  }

  /// Strikes, waits, and makes good.
  func strike(_ services: ServicePair, _ servers: EmbeddedServers) throws {
    switch self {
    case .killService(let place):
      try services.restart(place)
    case .suspendService(let place, let pause):
      services[place].suspend()
      Self.wait(pause)
      services[place].resume()
    case .killRedis(let lost, let pause):
      servers.redis.kill()
      try AppendedFile(of: servers)?.cut(lost)
      Self.wait(pause)
      try servers.redis.start()
    case .suspendRedis(let pause):
      servers.redis.pause()
      Self.wait(pause)
      servers.redis.resume()
    case .flushRedis: try StoreConsole(servers.redis).run("FLUSHALL")
    case .killPostgres(let pause):
      servers.postgres.kill()
      Self.wait(pause)
      try servers.postgres.start()
    case .suspendPostgres(let pause):
      servers.postgres.pause()
      Self.wait(pause)
      servers.postgres.resume()
    }
  }

  private static func wait(_ milliseconds: Int) { usleep(UInt32(milliseconds) * 1000) }
}

/// Two processes of one service; one that was killed comes back where it was.
final class ServicePair {
  private let installation: Installation
  private let settings: [[String: String]]
  private var processes: [ServiceProcess]

  /// For tests in which Redis is silent.
  static let impatient = [ServiceProcess.impatient, ServiceProcess.impatient]

  /// Perhaps with settings of its own for each.
  init(on installation: Installation, _ settings: [[String: String]] = [[:], [:]]) throws {
    self.installation = installation
    self.settings = settings
    processes = try settings.map { try ServiceProcess(on: installation, $0) }
  }

  subscript(place: Int) -> ServiceProcess { processes[place] }

  var ports: [UInt16] { processes.map(\.port) }

  func restart(_ place: Int) throws {
    let port = processes[place].port
    processes[place].kill()
    let settings = settings[place].merging(["POINTS_LISTEN": "127.0.0.1:\(port)"]) { $1 }
    processes[place] = try ServiceProcess(on: installation, settings)
  }
}
