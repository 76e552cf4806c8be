// Rebuilding the mirrors from the command line: what a worker has, as far as a rebuild needs it, on one loop.
import BoardScripts
import BoardStore
import Configuration
package import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import Projection
import RedisClient

/// A rebuild of the mirrors of some point types, or of all.
package struct MirrorRebuild: Sendable {
  /// The type's name, how many accounts are done, of how many, if that is known.
  package typealias Progress = @Sendable (String, _ done: Int64, _ total: Int64?) -> Void

  /// Why it ended early, as a sentence.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private let plan: ServicePlan

  package init(_ plan: ServicePlan) {
    self.plan = plan
  }

  /// Rebuilds the types of these names, or all; returns the names of those that were.
  package func run(
    types names: [String], on loop: EventLoop, progress: @escaping Progress
  ) async throws(Failure) -> [String] {
    let pool = PostgresPool(plan.postgresOptions, plan.poolOptions, on: loop)
    // Nobody waits for a single answer here, and giving up means beginning anew.
    var options = plan.redisOptions
    options.timeout = max(options.timeout, .seconds(5))
    let redis = RedisClient(
      address: plan.redisAddress, loop: loop, scripts: BoardScripts.all, options: options)
    loop.spawn { await pool.run() }
    loop.spawn { await redis.run() }
    let outcome: Result<[String], Failure>
    do throws(Failure) {
      outcome = .success(try await rebuild(names, pool, redis, on: loop, progress))
    } catch {
      outcome = .failure(error)
    }
    await redis.close(deadline: .seconds(1))
    await pool.close(within: .seconds(1))
    return try outcome.get()
  }

  private func rebuild(
    _ names: [String], _ pool: PostgresPool, _ redis: RedisClient, on loop: EventLoop,
    _ progress: @escaping Progress
  ) async throws(Failure) -> [String] {
    try await untilReady(redis, on: loop)
    let boards = BoardStore(redis: redis, layout: plan.traits.layout)
    let catalog = PointTypeCatalog()
    do throws(PostgresError) {
      try await MirrorWatch(loop: loop, pool: pool, boards: boards, catalog: catalog).runOnce()
    } catch {
      throw Failure(description: "\(error)")
    }
    let rebuilder = Rebuilder(loop: loop, pool: pool, boards: boards, holder: UUIDBits.random())
    let types = try chosen(names, from: catalog)
    for type in types {
      do throws(FollowError) {
        let isOurs = try await rebuilder.rebuild(type.id) { progress(type.name, $0, $1) }
        guard isOurs else {
          throw FollowError.interrupted("a rebuild is under way already; wait for its end")
        }
      } catch {
        throw Failure(description: "\(type.name): \(error)")
      }
    }
    return types.map(\.name)
  }

  private func untilReady(_ redis: RedisClient, on loop: EventLoop) async throws(Failure) {
    let end = loop.clock.now + plan.configuration.connectTimeout
    while true {
      switch redis.health {
      case .ready: return
      case .unavailable(let sentence), .unsupported(let sentence):
        guard loop.clock.now < end, (try? await loop.sleep(for: .milliseconds(10))) != nil else {
          throw Failure(description: sentence)
        }
      }
    }
  }

  private func chosen(
    _ names: [String], from catalog: PointTypeCatalog
  ) throws(Failure) -> [PointType] {
    guard !names.isEmpty else { return catalog.all }
    var types: [PointType] = []
    for name in names {
      guard let type = catalog.type(name) else {
        throw Failure(description: "there is no point type \(name)")
      }
      types.append(type)
    }
    return types
  }
}
