// Takes snapshots on demand. One is taken by a task of its own, which goes on when whoever asked is gone; the
// caller waits for it as long as an answer may take, and can look for it later.
package import BoardStore
package import EventLoop
import HTTPServer
import Ledger
package import LedgerStore
package import PostgresClient
package import Verification

/// One worker's; used on its loop only.
package final class SnapshotDesk: @unchecked Sendable {
  package struct Options: Sendable {
    /// So many may be asked for at once; they are taken one after the other.
    package var waitersMax = 4
    /// A board with more members is not read of a mirror.
    package var liveMembersMax: Int64 = 1_000_000
    /// Of so many members the comparison with the mirror is waited for, too.
    package var promptMembersMax: Int64 = 20_000
    /// How long an answer may take at all.
    package var requestTimeout = Duration.seconds(30)

    package init() {}
  }

  /// So long before the time for an answer is over, whoever waits is answered.
  private static let margin = Duration.seconds(1)

  let reader: SnapshotReader
  let settling: SnapshotSettling
  let retention: SnapshotRetention
  let revisions: RevisionDesk
  let boards: BoardStore
  let options: Options
  let comparing: SnapshotComparing
  private let tally: SnapshotTally
  private let loop: EventLoop
  /// To begin one takes no time, and waits for none that is being taken.
  private let beginning: SnapshotSettling
  /// Those that this worker is taking, or is to take next.
  private var underWay: Set<SnapshotID> = []

  /// `reading` is for what callers ask, `settling` has sessions that have the time it takes
  /// (`PostgresConnectionOptions.settleSnapshots`).
  package init(
    reading: PostgresPool, settling: PostgresPool, boards: BoardStore, comparing: SnapshotComparing,
    tally: SnapshotTally, _ options: Options = Options(), on loop: EventLoop
  ) {
    reader = SnapshotReader(pool: reading)
    retention = SnapshotRetention(pool: reading)
    self.settling = SnapshotSettling(pool: settling)
    beginning = SnapshotSettling(pool: reading)
    revisions = RevisionDesk(settling: settling, tally: tally, options, on: loop)
    self.boards = boards
    self.comparing = comparing
    self.tally = tally
    self.options = options
    self.loop = loop
  }

  /// Of whatever state.
  func snapshot(_ id: SnapshotID) async throws(Problem) -> Snapshot? {
    try await Problem.explaining { () async throws(PostgresError) in try await reader.snapshot(id) }
  }

  /// Takes it, or goes on with one that was begun under this id. Gives it as it is when the time for an
  /// answer is over.
  func take(_ plan: SnapshotPlan) async throws(Problem) -> Snapshot {
    guard underWay.count < options.waitersMax, underWay.insert(plan.id).inserted else {
      if underWay.contains(plan.id), let begun = try await snapshot(plan.id) { return begun }
      throw Problem(
        .overloaded, "Other snapshots are being taken. Nothing was done.", fields: [.retrySoon])
    }
    let begun: Snapshot
    do throws(PostgresError) {
      begun = try await beginning.begin(plan)
    } catch {
      underWay.remove(plan.id)
      throw Problem(explaining: error)
    }
    let told = OneShot<Result<Snapshot, Problem>>()
    loop.spawn { [self] in
      await take(begun, told)
      underWay.remove(plan.id)
    }
    let patience = loop.spawn { [loop, options] in
      let time = max(.zero, options.requestTimeout - Self.margin)
      if (try? await loop.sleep(for: time)) != nil { told.fulfil(.success(begun)) }
    }
    let outcome = await told.value()
    patience.cancel()
    return try outcome.get()
  }

  private func take(_ begun: Snapshot, _ told: OneShot<Result<Snapshot, Problem>>) async {
    let taken: Snapshot
    do throws(Problem) {
      taken = try await settle(begun)
    } catch {
      return told.fulfil(.failure(error))
    }
    if begun.state == .building, taken.isComplete { tally.took(.demand) }
    guard taken.isToBeCompared else { return told.fulfil(.success(taken)) }
    let isPrompt = taken.contents.map { $0.members <= options.promptMembersMax } ?? false
    if !isPrompt { told.fulfil(.success(taken)) }
    // Where the mirror cannot be asked now the row says so: the snapshot is right without it.
    await comparing.compare(taken)
    let noted = try? await reader.snapshot(taken.id)
    told.fulfil(.success(noted ?? taken))
  }

  private func settle(_ begun: Snapshot) async throws(Problem) -> Snapshot {
    guard begun.state == .building else { return begun }
    let position = begun.plan.source == .live ? try await readMirrorOrFail(begun) : nil
    let outcome = try await Problem.explaining { () async throws(PostgresError) in
      try await settling.settle(begun, position: position)
    }
    switch outcome {
    case .complete(let snapshot), .ended(let snapshot): return snapshot
    case .busy: return begun
    }
  }

  private func readMirrorOrFail(_ snapshot: Snapshot) async throws(Problem) -> Int64 {
    do throws(Problem) {
      return try await readMirror(for: snapshot)
    } catch {
      tally.failed()
      _ = try? await beginning.fail(snapshot.id, because: error.detail)
      throw error
    }
  }
}
