// Verifying from the command line: the ledger by itself, then each mirror against it, on one loop.
import BoardScripts
import BoardStore
import Configuration
package import EventLoop
package import Ledger
import LedgerStore
import PostgresClient
import Projection
import RedisClient
package import Verification

/// A verification of some point types, or of all; of all users, or of one.
package struct LedgerVerification: Sendable {
  package struct Request: Sendable {
    /// Names; none for all.
    package var types: [String] = []
    package var user: UserID?
    package var repairs = false

    package init() {}
  }

  /// What was found of the mirror of a type, or why nothing can be said.
  package struct Mirror: Sendable {
    package let type: String
    package let outcome: Result<MirrorFindings, VerificationError>
    package let duration: Duration
  }

  package struct Report: Sendable {
    package let ledger: LedgerFindings
    package let ledgerDuration: Duration
    package let mirrors: [Mirror]
    /// The names of the types, for findings.
    package let names: [PointTypeID: String]
  }

  /// What is looked at, how much is done, of how much, if that is known.
  package typealias Progress = @Sendable (String, _ done: Int64, _ total: Int64?) -> Void

  /// Why it ended early, as a sentence.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private let plan: ServicePlan

  package init(_ plan: ServicePlan) {
    self.plan = plan
  }

  package func run(
    _ request: Request, on loop: EventLoop, progress: @escaping Progress
  ) async throws(Failure) -> Report {
    let tools = Tools(plan, on: loop)
    let outcome: Result<Report, Failure>
    do throws(Failure) {
      outcome = .success(try await verify(request, tools, progress))
    } catch {
      outcome = .failure(error)
    }
    await tools.close()
    return try outcome.get()
  }

  private func verify(
    _ request: Request, _ tools: Tools, _ progress: @escaping Progress
  ) async throws(Failure) -> Report {
    await tools.untilRedisAnswers(within: plan.configuration.connectTimeout)
    do throws(PostgresError) { try await tools.learn() } catch { throw Failure(description: "\(error)") }
    let types = try tools.catalog.chosen(request.types)
    let clock = ContinuousClock()
    let begin = clock.now
    // Mirrors are verified even if the ledger was not to the end.
    let ledger = await verifyLedger(request, types, tools, progress)
    let ledgerDuration = clock.now - begin
    var mirrors: [Mirror] = []
    for type in types {
      let begin = clock.now
      let outcome: Result<MirrorFindings, VerificationError>
      do throws(VerificationError) {
        outcome = .success(try await verifyMirror(of: type, request, tools, progress))
      } catch {
        outcome = .failure(error)
      }
      mirrors.append(Mirror(type: type.name, outcome: outcome, duration: clock.now - begin))
    }
    return Report(
      ledger: ledger, ledgerDuration: ledgerDuration, mirrors: mirrors,
      names: tools.catalog.byID.mapValues(\.name))
  }

  private func verifyLedger(
    _ request: Request, _ types: [PointType], _ tools: Tools, _ progress: @escaping Progress
  ) async -> LedgerFindings {
    let verifier = LedgerVerifier(tools.pool)
    let chosen = request.types.isEmpty ? [] : types.map(\.id)
    if let user = request.user {
      do throws(VerificationError) { return try await verifier.verify(user, types: chosen) } catch {
        var findings = LedgerFindings()
        findings.failure = error
        return findings
      }
    }
    return await verifier.verify(types: chosen) { part, done, total in
      progress(part.rawValue, done, max(done, total))
    }
  }

  private func verifyMirror(
    of type: PointType, _ request: Request, _ tools: Tools, _ progress: @escaping Progress
  ) async throws(VerificationError) -> MirrorFindings {
    let verifier = MirrorVerifier(
      loop: tools.loop, pool: tools.pool, snapshots: tools.snapshots, boards: tools.boards)
    if let user = request.user {
      return try await verifier.verify(
        AccountKey(user: user, pointType: type.id), repairs: request.repairs)
    }
    return try await verifier.verify(type.id, repairs: request.repairs) { part, done, total in
      progress("\(type.name) \(part.rawValue)", done, total)
    }
  }
}

extension LedgerVerification {
  /// What a worker has, as far as verifying needs it, and sessions that see one moment or read by place.
  private struct Tools {
    let loop: EventLoop
    let pool: PostgresPool
    let snapshots: PostgresPool
    let redis: RedisClient
    let boards: BoardStore
    let catalog = PointTypeCatalog()

    init(_ plan: ServicePlan, on loop: EventLoop) {
      self.loop = loop
      var options = plan.postgresOptions
      options.statementTimeout = .seconds(120)
      var byPlace = options
      byPlace.readByPlace()
      var snapshots = options
      snapshots.seeOneMoment()
      pool = PostgresPool(byPlace, plan.poolOptions, on: loop)
      self.snapshots = PostgresPool(snapshots, plan.poolOptions, on: loop)
      var redisOptions = plan.redisOptions
      redisOptions.timeout = max(redisOptions.timeout, .seconds(5))
      redis = RedisClient(
        address: plan.redisAddress, loop: loop, scripts: BoardScripts.all, options: redisOptions)
      boards = BoardStore(redis: redis, layout: plan.traits.layout)
      for pool in [pool, self.snapshots] { loop.spawn { await pool.run() } }
      let redis = redis
      loop.spawn { await redis.run() }
    }

    /// Without Redis the ledger is verified all the same.
    func untilRedisAnswers(within limit: Duration) async {
      let end = loop.clock.now + limit
      while redis.health != .ready, loop.clock.now < end {
        guard (try? await loop.sleep(for: .milliseconds(10))) != nil else { return }
      }
    }

    /// Which ledger it is, and its point types.
    func learn() async throws(PostgresError) {
      try await MirrorWatch(loop: loop, pool: pool, boards: boards, catalog: catalog).runOnce()
    }

    func close() async {
      await redis.close(deadline: .seconds(1))
      await pool.close(within: .seconds(1))
      await snapshots.close(within: .seconds(1))
    }
  }
}

extension PointTypeCatalog {
  /// The types of these names, or all.
  fileprivate func chosen(_ names: [String]) throws(LedgerVerification.Failure) -> [PointType] {
    guard !names.isEmpty else { return all }
    var types: [PointType] = []
    for name in names {
      guard let type = type(name) else {
        throw LedgerVerification.Failure(description: "there is no point type \(name)")
      }
      types.append(type)
    }
    return types
  }
}
