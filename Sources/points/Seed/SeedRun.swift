// The making of a world, portion by portion, some of them under way at once.
import Configuration
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import Service
import Worlds

/// Used on its loop only.
final class SeedRun: @unchecked Sendable {
  private typealias Settling = OneShot<Result<SeedPortion.Outcome, CommandFailure>>

  private static let dayLength: Int64 = 86_400_000_000
  private static let weeks = Duration.seconds(8 * 7 * 86400)

  private(set) var tally: SeedTally
  private let request: SeedRequest
  private let desk: LedgerDesk
  private let bar: ProgressBar
  private let service: ServiceID
  private var underWay: [(chunk: WorldChunk, settling: Settling)] = []
  /// A run that was stopped is gone on with: what it had done is passed over.
  private var looksBack = true

  init(_ request: SeedRequest, _ bar: ProgressBar, at desk: LedgerDesk) {
    self.request = request
    self.desk = desk
    self.bar = bar
    service = SeedPortion.service(of: request.plan)
    tally = SeedTally(types: request.plan.types)
  }

  func run() async throws(CommandFailure) {
    try await refuseForeignLedger()
    let types = try await types()
    show(0)
    let world = try await begunWorld(types)
    do throws(CommandFailure) {
      for chunk in WorldChunks(of: world) {
        if underWay.count == LedgerDesk.portionsAtOnce { try await finishFirst() }
        begin(chunk, types)
      }
      while !underWay.isEmpty { try await finishFirst() }
    } catch {
      // What is under way uses what the caller is about to close.
      for (_, settling) in underWay { _ = await settling.value() }
      throw error
    }
  }

  /// A made-up world in the midst of a real ledger could never be taken out again.
  private func refuseForeignLedger() async throws(CommandFailure) {
    guard !request.goesIntoExisting else { return }
    let isForeign = try await desk.patiently { () async throws(PostgresError) in
      try await desk.reader.hasTransactions(notOf: service)
    }
    guard !isForeign else {
      throw CommandFailure(
        description: "the ledger has transactions that are not of this world; nothing was done. "
          + "--into-existing makes the world beside them")
    }
  }

  /// Until midnight, so that two runs of one day make equal worlds. One that was begun on another day goes on
  /// as it was begun: what is there of it tells when it ends.
  private func begunWorld(_ types: [PointTypeID]) async throws(CommandFailure) -> World {
    let today = world(until: Instant.now.microseconds / Self.dayLength * Self.dayLength)
    // So many are under way at once: one of these is there, if any is.
    for chunk in WorldChunks(of: today).prefix(LedgerDesk.portionsAtOnce) {
      let portion = SeedPortion(chunk: chunk, service: service, types: types, looksBack: true)
      guard let age = try await portion.age(at: desk) else { continue }
      return world(until: today.end.microseconds - age)
    }
    return today
  }

  /// No longer ago than callers may post.
  private func world(until end: Int64) -> World {
    let past = desk.configuration.occurredPast - .seconds(86400)
    return World(
      request.plan, categories: desk.configuration.categories, end: Instant(microseconds: end),
      lasting: min(Self.weeks, max(.seconds(1), past)))
  }

  private func types() async throws(CommandFailure) -> [PointTypeID] {
    var types: [PointTypeID] = []
    for name in WorldPlan.typeNames.prefix(request.plan.types) {
      if desk.type(name) == nil {
        let traits = PointTypeTraits(displayName: name.prefix(1).uppercased() + name.dropFirst())
        _ = try await desk.patiently { () async throws(PostgresError) in
          try await desk.types.create(name, traits)
        }
        try await desk.patiently { () async throws(PostgresError) in try await desk.refreshTypes() }
      }
      guard let type = desk.type(name) else {
        throw CommandFailure(description: "the point type \(name) was deleted meanwhile")
      }
      types.append(type.id)
    }
    return types
  }

  // MARK: Portions

  private func begin(_ chunk: WorldChunk, _ types: [PointTypeID]) {
    let settling = Settling()
    underWay.append((chunk, settling))
    let desk = desk
    let portion = SeedPortion(chunk: chunk, service: service, types: types, looksBack: looksBack)
    desk.loop.spawn {
      do throws(CommandFailure) {
        settling.fulfil(.success(try await portion.settle(at: desk)))
      } catch {
        settling.fulfil(.failure(error))
      }
    }
  }

  private func finishFirst() async throws(CommandFailure) {
    let (chunk, settling) = underWay.removeFirst()
    let outcome = try await settling.value().get()
    looksBack = outcome.wasKnown
    tally.add(chunk, outcome)
    show(chunk.playersUntilHere)
  }

  private func show(_ players: Int) {
    bar.show(
      "users", done: Int64(players), total: Int64(request.plan.users),
      note: "\(tally.transactions) transactions")
  }
}
